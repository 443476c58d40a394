package import StepwellHistory

/// An output that waits, and the execution without which it is not true.
package struct HeldOutput: Sendable {
    package var output: ShardOutput
    package var execution: ExecutionNumber?
}
