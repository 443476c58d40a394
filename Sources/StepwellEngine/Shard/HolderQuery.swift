/// Asks who has a name in a state machine.
package struct HolderQuery: Sendable, Hashable {
    package var name: String
    package var stateMachineARN: String

    /// Names are compared by their bytes.
    var key: ByteKey { ByteKey(ExecutionARN(stateMachineARN: stateMachineARN, name: name).string) }
}
