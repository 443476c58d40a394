/// The two kinds of state machine; which one a state machine is of never changes.
///
/// Source: "Choosing workflow type in Step Functions", AWS Step Functions Developer Guide.
public enum StateMachineType: String, Sendable, Hashable, CaseIterable {
    /// Executions last up to a year and are found by their names.
    case standard = "STANDARD"
    /// Executions last up to five minutes; every start is a new one, whatever its name.
    case express = "EXPRESS"
}
