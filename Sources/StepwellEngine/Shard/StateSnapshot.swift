import StepwellHistory
import StepwellInterpreter
import StepwellLanguage

/// The stored form of an execution's state: a version, the definition's digest, the Map state whose
/// item processor it runs, the state.
enum StateSnapshot {
    private static let version: UInt8 = 2

    static func encode(_ state: ExecutionState) -> [UInt8] {
        var writer = ByteWriter(capacity: 4_096)
        writer.write(version)
        writer.writeBytes(state.start?.definition.bytes ?? [])
        writer.writeOptionalString(state.start?.mapRun?.stateName)
        state.encodeSnapshot(into: &writer)
        return writer.bytes
    }

    /// The digest of the definition that the state follows, and the Map state whose item processor
    /// it runs; nil for another version.
    static func definition(
        of bytes: [UInt8]
    ) -> (digest: DefinitionDigest, mapState: String?)? {
        var reader = ByteReader(bytes)
        guard let found = try? reader.readByte(), found == version,
            let digest = try? reader.readBytes(),
            let name = try? reader.readOptional({
                (reader: inout ByteReader) throws(ByteReaderError) in try reader.readString()
            })
        else { return nil }
        return (DefinitionDigest(bytes: digest), name)
    }

    /// The state; nil when the bytes hold none of this version.
    static func decode(_ bytes: [UInt8], definition: StateMachineDefinition) -> ExecutionState? {
        var reader = ByteReader(bytes)
        guard let found = try? reader.readByte(), found == version,
            (try? reader.readBytes()) != nil, (try? reader.readOptionalString()) != nil
        else { return nil }
        return try? ExecutionState(snapshot: &reader, definition: definition)
    }
}
