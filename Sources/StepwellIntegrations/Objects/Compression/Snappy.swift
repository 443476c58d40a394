/// Decompresses Snappy's blocks (github.com/google/snappy, `format_description.txt`).
enum Snappy {
    /// What a block is decompressed, which is refused when it is larger than `limit`.
    static func decompress(
        _ bytes: ArraySlice<UInt8>,
        to limit: Int
    ) throws(InflateFault) -> [UInt8] {
        var index = bytes.startIndex
        let size = try length(bytes, &index)
        guard size <= limit else { throw InflateFault() }
        var output: [UInt8] = []
        output.reserveCapacity(min(size, bytes.count * 4))
        while index < bytes.endIndex {
            let tag = bytes[index]
            index += 1
            if tag & 3 == 0 {
                let extra = max(0, Int(tag >> 2) - 59)
                let count = extra == 0 ? Int(tag >> 2) : try number(bytes, &index, extra)
                guard count < bytes.endIndex - index, count < size - output.count else {
                    throw InflateFault()
                }
                output.append(contentsOf: bytes[index...index + count])
                index += count + 1
                continue
            }
            let (count, distance) = try copy(tag, bytes, &index)
            guard count <= size - output.count else { throw InflateFault() }
            try output.repeatLast(count, from: distance)
        }
        guard output.count == size else { throw InflateFault() }
        return output
    }

    /// How many bytes are repeated, and from how far back.
    private static func copy(
        _ tag: UInt8,
        _ bytes: ArraySlice<UInt8>,
        _ index: inout Int
    ) throws(InflateFault) -> (count: Int, distance: Int) {
        switch tag & 3 {
        case 1:
            let low = try number(bytes, &index, 1)
            return (Int(tag >> 2 & 7) + 4, Int(tag >> 5) << 8 | low)
        case 2: return (Int(tag >> 2) + 1, try number(bytes, &index, 2))
        default: return (Int(tag >> 2) + 1, try number(bytes, &index, 4))
        }
    }

    private static func number(
        _ bytes: ArraySlice<UInt8>,
        _ index: inout Int,
        _ count: Int
    ) throws(InflateFault) -> Int {
        guard count <= bytes.endIndex - index else { throw InflateFault() }
        var value = 0
        for place in 0..<count { value |= Int(bytes[index + place]) << (8 * place) }
        index += count
        return value
    }

    private static func length(
        _ bytes: ArraySlice<UInt8>,
        _ index: inout Int
    ) throws(InflateFault) -> Int {
        var value = 0
        for shift in stride(from: 0, to: 35, by: 7) {
            guard index < bytes.endIndex else { throw InflateFault() }
            let byte = bytes[index]
            index += 1
            value |= Int(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw InflateFault()
    }
}

extension [UInt8] {
    /// Appends bytes once more that are so far back, each as soon as it is there.
    mutating func repeatLast(_ count: Int, from distance: Int) throws(InflateFault) {
        guard distance > 0, distance <= self.count else { throw InflateFault() }
        let start = self.count - distance
        // A slice of it appended to itself would have all of it copied.
        for place in start..<start + count { append(self[place]) }
    }
}
