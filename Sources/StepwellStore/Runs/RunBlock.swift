import Crypto
import StepwellEngine
import StepwellHistory

/// One block of a sorted run: keys in order, each with a value, behind a checksum.
///
/// ```
/// version u8 · first 16 bytes of SHA-256 over (run u64, block u32, body) · body:
///   count · count × (bytes shared with the key before · rest of the key · value)
/// ```
/// Integers are LEB128; the rest of a key and a value have their length in front.
enum RunBlock {
    static let version: UInt8 = 1
    static let targetSize = 4 * 4096 - 64
    private static let checksumSize = 16

    /// Puts version and checksum in front of a body.
    static func seal(_ body: [UInt8], run: UInt64, block: UInt32) -> [UInt8] {
        [version] + checksum(body[...], run, block) + body
    }

    /// The body behind version and checksum, verified.
    static func unseal(
        _ bytes: [UInt8],
        run: UInt64,
        block: UInt32
    ) throws(ByteReaderError) -> ByteReader {
        var reader = ByteReader(bytes)
        let version = try reader.readByte()
        guard version == Self.version else {
            throw ByteReaderError(.invalid("block version \(version)"), at: 0)
        }
        let stored = Array(try reader.readRaw(checksumSize))
        guard stored == checksum(bytes[(1 + checksumSize)...], run, block) else {
            throw ByteReaderError(.invalid("checksum"), at: 1)
        }
        return reader
    }

    private static func checksum(
        _ body: ArraySlice<UInt8>,
        _ run: UInt64,
        _ block: UInt32
    ) -> [UInt8] {
        var place = ByteWriter(capacity: 12)
        place.writeFixed(run)
        place.writeFixed(UInt16(truncatingIfNeeded: block >> 16))
        place.writeFixed(UInt16(truncatingIfNeeded: block))
        var hash = SHA256()
        hash.update(data: place.bytes)
        hash.update(data: body)
        return Array(Array(hash.finalize()).prefix(checksumSize))
    }
}
