import Crypto
import StepwellEngine
import StepwellHistory

/// A snapshot's row, version 1: `version u8 · ordinal u64 · SHA-256 of execution, ordinal and bytes
/// · the bytes`.
enum SnapshotRow {
    static let version: UInt8 = 1

    static func encode(_ snapshot: StoredSnapshot) -> [UInt8] {
        var writer = ByteWriter(capacity: snapshot.bytes.count + 48)
        writer.write(version)
        writer.writeFixed(snapshot.ordinal.rawValue)
        writer.writeRaw(digest(snapshot))
        writer.writeRaw(snapshot.bytes)
        return writer.bytes
    }

    static func decode(
        _ bytes: [UInt8],
        of execution: ExecutionNumber
    ) throws(StoreError) -> StoredSnapshot {
        do throws(ByteReaderError) {
            var reader = ByteReader(bytes)
            let version = try reader.readByte()
            guard version == Self.version else {
                throw ByteReaderError(.invalid("snapshot version \(version)"), at: 0)
            }
            let ordinal = Ordinal(try reader.readFixed64())
            let digest = Array(try reader.readRaw(32))
            let snapshot = StoredSnapshot(
                execution: execution,
                ordinal: ordinal,
                bytes: Array(try reader.readRaw(reader.remaining))
            )
            guard Self.digest(snapshot) == digest else {
                throw ByteReaderError(.invalid("checksum"), at: 9)
            }
            return snapshot
        } catch {
            throw StoreError(
                .damaged,
                "the snapshot of execution \(execution.rawValue): \(error.what)"
            )
        }
    }

    private static func digest(_ snapshot: StoredSnapshot) -> [UInt8] {
        var writer = ByteWriter(capacity: 16)
        writer.writeFixed(snapshot.execution.rawValue)
        writer.writeFixed(snapshot.ordinal.rawValue)
        var hash = SHA256()
        hash.update(data: writer.bytes)
        hash.update(data: snapshot.bytes)
        return Array(hash.finalize())
    }
}
