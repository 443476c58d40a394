package import StepwellHistory
package import StepwellInterpreter

/// Items to be read or results to be written for a Map Run.
package struct MapRunAssignment: Sendable {
    /// What is to be done.
    package enum Work: Sendable {
        case read(ItemRead)
        case write(ResultWrite)
    }

    package var execution: ExecutionNumber
    /// The role of the execution.
    package var roleARN: String
    package var work: Work

    /// What it is known by: asked for twice, it is done once.
    struct Key: Hashable, Sendable {
        let execution: ExecutionNumber
        let mapRun: Int
        var order: Int?
        var asked: Ordinal?
    }

    var key: Key {
        switch work {
        case .read(let read): Key(execution: execution, mapRun: read.mapRun, order: read.order)
        case .write(let write): Key(execution: execution, mapRun: write.mapRun, asked: write.asked)
        }
    }
}
