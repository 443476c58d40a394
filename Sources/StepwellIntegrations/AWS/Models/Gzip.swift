/// Unpacks files in gzip's format (RFC 1952).
enum Gzip {
    /// Whether data begins as a gzip file does.
    static func isPacked(_ data: [UInt8]) -> Bool {
        data.count >= 2 && data[0] == 0x1F && data[1] == 0x8B
    }

    /// The data of a gzip file with one member, checked against its checksum.
    static func unpack(_ data: [UInt8], limit: Int) throws(Inflate.Fault) -> [UInt8] {
        guard data.count >= 18 else { throw .truncated }
        guard isPacked(data), data[2] == 8 else { throw .invalid }
        let flags = data[3]
        var place = 10
        if flags & 4 != 0 { place += 2 + (Int(data[place]) | Int(data[place + 1]) << 8) }
        for flag: UInt8 in [8, 16] where flags & flag != 0 {
            while place < data.count, data[place] != 0 { place += 1 }
            place += 1
        }
        if flags & 2 != 0 { place += 2 }
        guard place < data.count else { throw .truncated }
        let (unpacked, end) = try Inflate.unpack(data, from: place, limit: limit)
        guard end + 8 <= data.count else { throw .truncated }
        var sum: UInt32 = 0
        for index in 0..<4 { sum |= UInt32(data[end + index]) << UInt32(8 * index) }
        guard sum == CRC32.checksum(unpacked) else { throw .invalid }
        return unpacked
    }
}
