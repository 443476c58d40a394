/// Whether a state machine can be started.
package enum StateMachineStatus: String, Sendable, Hashable {
    case active = "ACTIVE"
    case deleting = "DELETING"
}
