import Crypto

/// The binary form of a turn, version 1: what the log stores and what digests are taken over.
///
/// ```
/// content:
///   version u8 · shard u16 · semantics u16 · execution · first ordinal · first event id
///   record count · event count · time · summary · digest of the turn before (32 bytes)
///   records: branch · tag u8 · fields
/// SHA-256 of the content (32 bytes)
/// ```
/// Integers are LEB128 (signed ones zigzag) unless a width is given, which is big-endian. Names,
/// error names and causes are written once per turn and referred to by number afterwards; times
/// are distances from the turn's time. A payload that an earlier record or field holds is written
/// as its location. A record's ordinal and an event's id follow from its place; an event's time is
/// the turn's.
package enum TurnCodec {
    static let version: UInt8 = 1
    static let digestSize = 32

    /// Encodes a turn behind the one whose digest is `previous`.
    ///
    /// The turn has to be whole: its records' ordinals and its events' ids follow one another from
    /// the first, and its events have its time; the form does not repeat them.
    package static func encode(
        _ turn: Turn,
        previous: TurnDigest,
        shard: UInt16 = 0
    ) -> (bytes: [UInt8], digest: TurnDigest) {
        var writer = ByteWriter(capacity: 192 + turn.records.count * 48)
        let digest = encode(turn, previous: previous, shard: shard, into: &writer)
        return (writer.bytes, digest)
    }

    /// Appends an encoded turn to a buffer, which saves a copy, and returns its digest.
    package static func encode(
        _ turn: Turn,
        previous: TurnDigest,
        shard: UInt16 = 0,
        into writer: inout ByteWriter
    ) -> TurnDigest {
        let header = TurnHeader(
            shard: shard,
            semantics: turn.semantics,
            execution: turn.execution,
            firstOrdinal: turn.firstOrdinal,
            firstEventID: turn.firstEventID,
            recordCount: turn.records.count,
            eventCount: turn.eventCount,
            time: turn.time,
            summary: turn.summary,
            previous: previous
        )
        var records = TurnWriter(continuing: &writer, header: header)
        // In place: a record is large, and to copy it counts references up and down.
        for index in turn.records.indices {
            records.begin(turn.records[index].ordinal, on: turn.records[index].branch)
            switch turn.records[index].body {
            case .input(let input): records.write(input)
            case .engine(let engine): records.write(engine)
            case .event(let event): records.write(event)
            }
        }
        return records.seal(into: &writer)
    }

    /// Encodes a turn whose content is not an execution's records: the catalog stream's.
    package static func encodeOpaque(
        header: TurnHeader,
        body: [UInt8]
    ) -> (bytes: [UInt8], digest: TurnDigest) {
        var writer = ByteWriter(capacity: 192 + body.count)
        var content = TurnWriter(continuing: &writer, header: header)
        content.with { $0.writeRaw(body) }
        let digest = content.seal(into: &writer)
        return (writer.bytes, digest)
    }

    /// The header of an encoded turn; nothing is verified but that it can be read.
    package static func peek(_ bytes: [UInt8]) throws(TurnCodecError) -> TurnHeader {
        var reader = try contentReader(bytes)
        return try header(from: &reader)
    }

    /// What an execution's first turn says about it; nil for a later turn.
    ///
    /// Nothing is verified but
    /// that it can be read.
    package static func peekStart(_ bytes: [UInt8]) throws(TurnCodecError) -> TurnStart? {
        var reader = try contentReader(bytes)
        let header = try header(from: &reader)
        var records = TurnReader(reader: reader, header: header) { _ in nil }
        do throws(ByteReaderError) {
            return try records.start()
        } catch {
            throw TurnCodecError(error)
        }
    }

    /// The digest that ends an encoded turn, as stored.
    package static func storedDigest(of bytes: [UInt8]) throws(TurnCodecError) -> TurnDigest {
        guard bytes.count > digestSize else { throw TurnCodecError(.truncated, at: bytes.count) }
        return TurnDigest(bytes: bytes.suffix(digestSize))
    }

    /// Throws unless the stored digest is that of the content.
    package static func verifyDigest(of bytes: [UInt8]) throws(TurnCodecError) {
        let stored = try storedDigest(of: bytes)
        let end = bytes.count - digestSize
        guard stored.bytes == digest(of: bytes, in: 0..<end) else {
            throw TurnCodecError(.digestMismatch)
        }
    }

    /// Header and content behind it of an opaque turn; its digest is verified.
    package static func decodeOpaque(
        _ bytes: [UInt8]
    ) throws(TurnCodecError) -> (header: TurnHeader, body: [UInt8]) {
        try verifyDigest(of: bytes)
        var reader = try contentReader(bytes)
        let header = try header(from: &reader)
        do throws(ByteReaderError) {
            return (header, Array(try reader.readRaw(reader.remaining)))
        } catch {
            throw TurnCodecError(error)
        }
    }

    /// Decodes a turn and verifies its digest.
    ///
    /// `resolve` gives the text of payloads that turns
    /// before this one hold.
    package static func decode(
        _ bytes: [UInt8],
        resolve: (PayloadLocation) -> [UInt8]?
    ) throws(TurnCodecError) -> Turn {
        try verifyDigest(of: bytes)
        var reader = try contentReader(bytes)
        let header = try header(from: &reader)
        return try withoutActuallyEscaping(resolve) { resolve throws(TurnCodecError) in
            var records = TurnReader(reader: reader, header: header, resolve: resolve)
            return try records.turn()
        }
    }

    static func digest(of bytes: [UInt8], in range: Range<Int>) -> [UInt8] {
        var hash = SHA256()
        bytes.withUnsafeBytes { hash.update(bufferPointer: .init(rebasing: $0[range])) }
        return hash.finalize().withUnsafeBytes { Array($0) }
    }

    private static func contentReader(_ bytes: [UInt8]) throws(TurnCodecError) -> ByteReader {
        guard bytes.count > digestSize else { throw TurnCodecError(.truncated, at: bytes.count) }
        guard bytes[0] == version else { throw TurnCodecError(.unknownVersion(bytes[0]), at: 0) }
        return ByteReader(bytes[1..<bytes.count - digestSize])
    }

    private static func header(
        from reader: inout ByteReader
    ) throws(TurnCodecError) -> TurnHeader {
        do throws(ByteReaderError) {
            return try TurnHeader(from: &reader)
        } catch {
            throw TurnCodecError(error)
        }
    }
}
