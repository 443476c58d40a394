import StepwellHistory

/// A part of a batch: one turn of an execution in its frame, a directory frame, or that an
/// execution was dropped.
///
/// ```
/// turn       1 u8 · execution · first ordinal · index · location of the execution's segment
///            before · location of its last directory · length · the turn as `TurnCodec` wrote it
/// directory  2 u8 · execution · index · location of its directory before
///            · count · count × (first ordinal, position, offset: each the difference to the one
///            before, offsets as they are)
/// drop       3 u8 · execution · its last ordinal · the digest of its last turn
/// ```
/// Integers are LEB128. Frames are outside of the turns' digests, so that a turn can move.
enum Segment: Sendable, Equatable {
    case turn(TurnFrame, bytes: [UInt8])
    case directory(DirectoryFrame)
    case drop(DropFrame)

    static let turnKind: UInt8 = 1
    static let directoryKind: UInt8 = 2
    static let dropKind: UInt8 = 3

    /// Reads the segment that the reader stands at.
    init(from reader: inout ByteReader) throws(ByteReaderError) {
        let kind = try reader.readByte()
        switch kind {
        case Self.turnKind:
            let frame = try TurnFrame(from: &reader)
            self = .turn(frame, bytes: Array(try reader.readRaw(frame.length)))
        case Self.directoryKind:
            self = .directory(try DirectoryFrame(from: &reader))
        case Self.dropKind:
            self = .drop(try DropFrame(from: &reader))
        default:
            throw ByteReaderError(.invalid("segment kind"), at: reader.position - 1)
        }
    }
}

/// What is in front of a turn.
struct TurnFrame: Sendable, Hashable {
    var execution: ExecutionNumber
    var firstOrdinal: Ordinal
    /// How many segments the execution has before this one.
    var index: UInt64
    var previous: SegmentLocation?
    var directory: SegmentLocation?
    var length: Int

    /// More bytes than a frame can have.
    static let byteLimit = 1 + 9 * 10

    init(
        execution: ExecutionNumber,
        firstOrdinal: Ordinal,
        index: UInt64,
        previous: SegmentLocation?,
        directory: SegmentLocation?,
        length: Int
    ) {
        self.execution = execution
        self.firstOrdinal = firstOrdinal
        self.index = index
        self.previous = previous
        self.directory = directory
        self.length = length
    }

    /// Reads what is behind the kind.
    init(from reader: inout ByteReader) throws(ByteReaderError) {
        execution = ExecutionNumber(try reader.readVarint())
        firstOrdinal = Ordinal(try reader.readVarint())
        index = try reader.readVarint()
        previous = try SegmentLocation.read(from: &reader)
        directory = try SegmentLocation.read(from: &reader)
        length = try reader.readCount()
    }

    func write(to writer: inout ByteWriter) {
        writer.write(Segment.turnKind)
        writer.writeVarint(execution.rawValue)
        writer.writeVarint(firstOrdinal.rawValue)
        writer.writeVarint(index)
        SegmentLocation.write(previous, to: &writer)
        SegmentLocation.write(directory, to: &writer)
        writer.writeCount(length)
    }
}
