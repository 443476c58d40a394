/// Decompresses LZ4's blocks (github.com/lz4/lz4, `lz4_Block_format.md`).
enum LZ4Block {
    /// What a block is decompressed, which is refused when it is larger than `limit`.
    static func decompress(
        _ bytes: ArraySlice<UInt8>,
        to limit: Int
    ) throws(InflateFault) -> [UInt8] {
        var index = bytes.startIndex
        var output: [UInt8] = []
        output.reserveCapacity(min(limit, bytes.count * 4))
        while index < bytes.endIndex {
            let token = bytes[index]
            index += 1
            let literals = try length(Int(token >> 4), bytes, &index)
            guard literals <= bytes.endIndex - index, literals <= limit - output.count else {
                throw InflateFault()
            }
            output.append(contentsOf: bytes[index..<index + literals])
            index += literals
            // The last sequence has literals only.
            if index == bytes.endIndex { break }
            guard bytes.endIndex - index >= 2 else { throw InflateFault() }
            let distance = Int(bytes[index]) | Int(bytes[index + 1]) << 8
            index += 2
            let count = try length(Int(token & 15), bytes, &index) + 4
            guard count <= limit - output.count else { throw InflateFault() }
            try output.repeatLast(count, from: distance)
        }
        return output
    }

    private static func length(
        _ first: Int,
        _ bytes: ArraySlice<UInt8>,
        _ index: inout Int
    ) throws(InflateFault) -> Int {
        var length = first
        guard first == 15 else { return length }
        while true {
            guard index < bytes.endIndex else { throw InflateFault() }
            let byte = bytes[index]
            index += 1
            length += Int(byte)
            if byte < 255 { return length }
        }
    }
}
