import StepwellEngine
import StepwellHistory

/// What a reader of a stream wants to know.
struct LiveTopics: Sendable {
    var executions = false
    var log = false
    var counts = false
    /// The execution that is followed.
    var execution: Followed?

    struct Followed: Sendable {
        let arn: String
        let number: ExecutionNumber
    }

    /// The topics of a list with commas.
    ///
    /// - Throws: `ValidationException` for a topic that there is not.
    init(_ text: String?) throws(ServiceError) {
        for name in (text ?? "").split(separator: ",") {
            switch name {
            case "executions": executions = true
            case "counts": counts = true
            case "log": log = true
            default: throw ConsoleRefusal.invalid("There is no topic '\(name)'.")
            }
        }
    }
}
