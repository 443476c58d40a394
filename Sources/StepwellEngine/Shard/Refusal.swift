package import StepwellHistory

/// An execution whose start an append has refused, and what was said on its strength.
package struct Refusal: Sendable {
    package var execution: ExecutionNumber
    package var reason: RefusedTurn.Reason
    package var outputs: [ShardOutput]
}
