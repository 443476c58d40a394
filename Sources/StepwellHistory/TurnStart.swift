/// What the first turn of an execution says about it: enough to list it and to find it by name,
/// without decoding the turn.
package struct TurnStart: Sendable, Hashable {
    package let executionName: String
    package let stateMachineARN: String
    /// The time of the turn.
    package let startDate: Timestamp
}
