/// The executions that an operation takes.
package enum ExecutionScope: Sendable {
    /// Those of Standard workflows, as AWS's API has it.
    case standard
    /// Those of Express workflows too, whose history the log holds like any other.
    case any
}
