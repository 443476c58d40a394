import StepwellHistory
import StepwellInterpreter
import StepwellLanguage

/// The stored form of an execution's state: a version, the definition's digest, the state.
enum StateSnapshot {
    private static let version: UInt8 = 1

    static func encode(_ state: ExecutionState) -> [UInt8] {
        var writer = ByteWriter(capacity: 4_096)
        writer.write(version)
        writer.writeBytes(state.start?.definition.bytes ?? [])
        state.encodeSnapshot(into: &writer)
        return writer.bytes
    }

    /// The digest of the definition that the state follows; nil for another version.
    static func definition(of bytes: [UInt8]) -> DefinitionDigest? {
        var reader = ByteReader(bytes)
        guard let found = try? reader.readByte(), found == version,
            let digest = try? reader.readBytes()
        else { return nil }
        return DefinitionDigest(bytes: digest)
    }

    /// The state; nil when the bytes hold none of this version.
    static func decode(_ bytes: [UInt8], definition: StateMachineDefinition) -> ExecutionState? {
        var reader = ByteReader(bytes)
        guard let found = try? reader.readByte(), found == version,
            (try? reader.readBytes()) != nil
        else { return nil }
        return try? ExecutionState(snapshot: &reader, definition: definition)
    }
}
