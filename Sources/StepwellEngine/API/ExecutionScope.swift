/// The executions that an operation takes.
package enum ExecutionScope: Sendable {
    /// Those of Standard workflows, as AWS's API has it.
    case standard
    /// Those of Standard workflows and those that a Map Run dispatched (API reference,
    /// DescribeExecution).
    case standardOrDispatched
    /// Those of Express workflows too, whose history the log holds like any other.
    case any

    /// Whether an execution with an ARN of the type `express` is among them.
    func takes(express arn: ResourceARN) -> Bool {
        let isDispatched = arn.names[0].utf8.contains(UInt8(ascii: "/"))
        switch self {
        case .standard: return false
        case .standardOrDispatched: return isDispatched
        case .any: return isDispatched || arn.names.count > 2
        }
    }
}
