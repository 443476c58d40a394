import StepwellHistory
import StepwellInterpreter

/// Which task of which execution, for a reader of the log.
struct TaskLabel: Sendable, CustomStringConvertible {
    let key: TaskKey
    let executionARN: String
    let stateName: String

    init(_ assignment: TaskAssignment) {
        key = assignment.key
        executionARN = assignment.executionARN
        stateName = assignment.dispatch.stateName
    }

    var description: String { "'\(stateName)' of \(executionARN)" }
}
