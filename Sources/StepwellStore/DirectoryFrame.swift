import StepwellHistory

/// Where an execution's last 64 segments are, written behind every 64th: following the links from
/// directory to directory, a reader finds its way forward in one pass.
struct DirectoryFrame: Sendable, Hashable {
    /// After how many segments a directory follows.
    static let interval = 64

    var execution: ExecutionNumber
    /// How many segments the execution has before this frame.
    var index: UInt64
    var previous: SegmentLocation?
    var references: [SegmentReference]

    init(
        execution: ExecutionNumber,
        index: UInt64,
        previous: SegmentLocation?,
        references: [SegmentReference]
    ) {
        self.execution = execution
        self.index = index
        self.previous = previous
        self.references = references
    }

    /// Reads what is behind the kind.
    init(from reader: inout ByteReader) throws(ByteReaderError) {
        execution = ExecutionNumber(try reader.readVarint())
        index = try reader.readVarint()
        previous = try SegmentLocation.read(from: &reader)
        references = try SegmentReference.readList(from: &reader)
    }

    func write(to writer: inout ByteWriter) {
        writer.write(Segment.directoryKind)
        writer.writeVarint(execution.rawValue)
        writer.writeVarint(index)
        SegmentLocation.write(previous, to: &writer)
        SegmentReference.write(references, to: &writer)
    }
}

extension SegmentReference {
    /// Writes references whose ordinals and positions ascend.
    static func write(_ references: [SegmentReference], to writer: inout ByteWriter) {
        writer.writeCount(references.count)
        var ordinal: UInt64 = 0
        var position: UInt64 = 0
        for reference in references {
            writer.writeVarint(reference.firstOrdinal.rawValue &- ordinal)
            writer.writeVarint(reference.location.position &- position)
            writer.writeVarint(UInt64(reference.location.offset))
            ordinal = reference.firstOrdinal.rawValue
            position = reference.location.position
        }
    }

    /// Reads what `write` wrote.
    static func readList(
        from reader: inout ByteReader
    ) throws(ByteReaderError) -> [SegmentReference] {
        let count = try reader.readElementCount()
        var references: [SegmentReference] = []
        references.reserveCapacity(count)
        var ordinal: UInt64 = 0
        var position: UInt64 = 0
        for _ in 0..<count {
            ordinal &+= try reader.readVarint()
            position &+= try reader.readVarint()
            guard let offset = UInt32(exactly: try reader.readVarint()) else {
                throw ByteReaderError(.invalid("segment offset"), at: reader.position)
            }
            references.append(
                SegmentReference(
                    firstOrdinal: Ordinal(ordinal),
                    location: SegmentLocation(position: position, offset: offset)
                )
            )
        }
        return references
    }
}
