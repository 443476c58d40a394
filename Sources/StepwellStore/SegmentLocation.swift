import StepwellHistory

/// Where a segment lies: a hint, since a segment can move; the ordinals decide.
struct SegmentLocation: Sendable, Hashable {
    /// The batch.
    var position: UInt64
    /// The offset of the segment's first byte in the batch's value.
    var offset: UInt32

    /// Whether it was written before another.
    func isBefore(_ other: SegmentLocation) -> Bool {
        (position, offset) < (other.position, other.offset)
    }

    /// Writes an optional location; 0 stands for none.
    static func write(_ location: SegmentLocation?, to writer: inout ByteWriter) {
        guard let location else { return writer.writeVarint(0) }
        writer.writeVarint(location.position &+ 1)
        writer.writeVarint(UInt64(location.offset))
    }

    /// Reads what `write` wrote.
    static func read(from reader: inout ByteReader) throws(ByteReaderError) -> SegmentLocation? {
        let position = try reader.readVarint()
        guard position > 0 else { return nil }
        guard let offset = UInt32(exactly: try reader.readVarint()) else {
            throw ByteReaderError(.invalid("segment offset"), at: reader.position)
        }
        return SegmentLocation(position: position - 1, offset: offset)
    }
}

/// A segment's place and the ordinal it begins with.
struct SegmentReference: Sendable, Hashable {
    var firstOrdinal: Ordinal
    var location: SegmentLocation
}
