import StepwellEngine
import StepwellHistory

/// That an execution is no more, written behind everything it has: whoever rebuilds derived data
/// from the journal comes to the same.
///
/// It names the turn that was the last one, so that it can stand behind no other.
struct DropFrame: Sendable, Hashable {
    var execution: ExecutionNumber
    var lastOrdinal: Ordinal
    /// The digest of the last turn.
    var digest: TurnDigest

    init(ending head: ExecutionHead) {
        execution = head.execution
        lastOrdinal = head.lastOrdinal
        digest = head.digest
    }

    /// Reads what is behind the kind.
    init(from reader: inout ByteReader) throws(ByteReaderError) {
        execution = ExecutionNumber(try reader.readVarint())
        lastOrdinal = Ordinal(try reader.readVarint())
        digest = TurnDigest(bytes: try reader.readRaw(32))
    }

    func write(to writer: inout ByteWriter) {
        writer.write(Segment.dropKind)
        writer.writeVarint(execution.rawValue)
        writer.writeVarint(lastOrdinal.rawValue)
        writer.writeRaw(digest.bytes)
    }
}
