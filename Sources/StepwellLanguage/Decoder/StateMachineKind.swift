/// The type of a state machine.
package enum StateMachineKind: String, Sendable {
    case standard = "STANDARD"
    case express = "EXPRESS"
}
