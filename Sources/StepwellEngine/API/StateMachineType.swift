/// The two kinds of state machine; `express` is known by name and refused so far.
package enum StateMachineType: String, Sendable, Hashable, CaseIterable {
    case standard = "STANDARD"
    case express = "EXPRESS"
}
