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
/// Integers are LEB128 (signed ones zigzag) unless a width is given, which is big-endian. Names
/// are written once per turn and referred to by number afterwards. A payload that an earlier
/// record holds is written as its location. A record's ordinal and an event's id follow from its
/// place; an event's time is the turn's.
package enum TurnCodec {
    static let version: UInt8 = 1
    static let digestSize = 32

    /// Encodes a turn behind the one whose digest is `previous`.
    package static func encode(
        _ turn: Turn,
        previous: TurnDigest,
        shard: UInt16 = 0
    ) -> (bytes: [UInt8], digest: TurnDigest) {
        var writer = TurnWriter(capacity: 64 + turn.records.count * 32)
        let events = turn.records.count { if case .event = $0.body { true } else { false } }
        let header = TurnHeader(
            shard: shard,
            semantics: turn.semantics,
            execution: turn.execution,
            firstOrdinal: turn.firstOrdinal,
            firstEventID: turn.firstEventID,
            recordCount: turn.records.count,
            eventCount: events,
            time: turn.time,
            summary: turn.summary,
            previous: previous
        )
        writer.write(header)
        for record in turn.records { writer.write(record) }
        return seal(writer.bytes)
    }

    /// Encodes a turn whose content is not an execution's records: the catalog stream's.
    package static func encodeOpaque(
        header: TurnHeader,
        body: [UInt8]
    ) -> (bytes: [UInt8], digest: TurnDigest) {
        var writer = TurnWriter(capacity: 96 + body.count)
        writer.write(header)
        writer.writeRaw(body)
        return seal(writer.bytes)
    }

    private static func seal(_ content: [UInt8]) -> (bytes: [UInt8], digest: TurnDigest) {
        let digest = Array(SHA256.hash(data: content))
        return (content + digest, TurnDigest(bytes: digest))
    }

    /// The header of an encoded turn; nothing is verified but that it can be read.
    package static func peek(_ bytes: [UInt8]) throws(TurnCodecError) -> TurnHeader {
        var reader = try contentReader(bytes)
        return try header(from: &reader)
    }

    /// The digest that ends an encoded turn, as stored.
    package static func storedDigest(of bytes: [UInt8]) throws(TurnCodecError) -> TurnDigest {
        guard bytes.count > digestSize else { throw TurnCodecError.truncated }
        return TurnDigest(bytes: Array(bytes.suffix(digestSize)))
    }

    /// Whether the stored digest is that of the content.
    package static func verifyDigest(of bytes: [UInt8]) throws(TurnCodecError) {
        let stored = try storedDigest(of: bytes)
        let actual = Array(SHA256.hash(data: bytes.dropLast(digestSize)))
        guard stored.bytes == actual else { throw TurnCodecError.digestMismatch }
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

    /// Decodes a turn and verifies its digest. `resolve` gives the text of payloads that turns
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

    private static func contentReader(_ bytes: [UInt8]) throws(TurnCodecError) -> ByteReader {
        guard bytes.count > digestSize else { throw TurnCodecError.truncated }
        return ByteReader(bytes.dropLast(digestSize))
    }

    private static func header(
        from reader: inout ByteReader
    ) throws(TurnCodecError) -> TurnHeader {
        do throws(ByteReaderError) {
            let version = try reader.readByte()
            guard version == Self.version else {
                throw ByteReaderError(.invalid("turn format version \(version)"), at: 0)
            }
            return try TurnHeader(from: &reader)
        } catch {
            throw TurnCodecError(error)
        }
    }
}

/// Why bytes are not a turn.
package struct TurnCodecError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong.
    package let description: String

    package init(_ description: String) {
        self.description = description
    }

    init(_ error: ByteReaderError) {
        switch error.code {
        case .truncated: self.init("the turn ends too early, at byte \(error.position)")
        case .invalid(let what): self.init("byte \(error.position) is no \(what) this engine knows")
        }
    }

    static let truncated = TurnCodecError("the turn is shorter than its digest")
    static let digestMismatch = TurnCodecError("the turn's digest does not agree with its content")
}
