import StepwellEngine
import StepwellHistory

/// The row that says who the store is, written when it is created:
/// `magic 8 · format version u16 · shard u16 · shard count u16 · store id 16`.
enum IdentityRow {
    static let magic = Array("STEPWELL".utf8)
    static let formatVersion: UInt16 = 1

    static func encode(_ identity: StoreIdentity) -> [UInt8] {
        var writer = ByteWriter(capacity: 32)
        writer.writeRaw(magic)
        writer.writeFixed(identity.formatVersion)
        writer.writeFixed(identity.shard)
        writer.writeFixed(identity.shardCount)
        writer.writeRaw(identity.storeID)
        return writer.bytes
    }

    static func decode(_ bytes: [UInt8], path: String) throws(StoreError) -> StoreIdentity {
        let identity: StoreIdentity
        do throws(ByteReaderError) {
            var reader = ByteReader(bytes)
            guard Array(try reader.readRaw(8)) == magic else {
                throw ByteReaderError(.invalid("Stepwell store"), at: 0)
            }
            let version = try reader.readFixed16()
            let shard = try reader.readFixed16()
            let count = try reader.readFixed16()
            identity = StoreIdentity(
                storeID: Array(try reader.readRaw(16)),
                shard: shard,
                shardCount: count,
                formatVersion: version
            )
        } catch {
            throw StoreError(.damaged, "the identity of \(path): \(error.what)")
        }
        guard identity.formatVersion == formatVersion else {
            throw StoreError(
                .unusable,
                "\(path) has store format \(identity.formatVersion); this program reads format "
                    + "\(formatVersion): use a newer one"
            )
        }
        return identity
    }
}
