/// An execution's name within its state machine, compared byte by byte: Swift's `==` would merge
/// names that Unicode holds to be equivalent.
struct NameKey: Sendable, Hashable {
    let stateMachineARN: String
    let executionName: String

    static func == (lhs: NameKey, rhs: NameKey) -> Bool {
        lhs.executionName.utf8.elementsEqual(rhs.executionName.utf8)
            && lhs.stateMachineARN.utf8.elementsEqual(rhs.stateMachineARN.utf8)
    }

    func hash(into hasher: inout Hasher) {
        for text in [executionName, stateMachineARN] {
            for byte in text.utf8 { hasher.combine(byte) }
            hasher.combine(UInt8(0xFF))
        }
    }
}
