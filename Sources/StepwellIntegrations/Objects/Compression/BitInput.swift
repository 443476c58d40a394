/// The bits of compressed bytes, in the order of RFC 1951.
struct BitInput: Sendable {
    private var bytes: [UInt8] = []
    private var next = 0
    private var held: UInt64 = 0
    private var heldCount = 0

    /// More bytes come behind those that are there.
    mutating func append(_ more: [UInt8]) {
        bytes.removeFirst(next)
        next = 0
        bytes.append(contentsOf: more)
    }

    /// How many bytes are there, the bits of one that was begun apart.
    var wholeBytes: Int { bytes.count - next + heldCount / 8 }

    /// The next bits as a number; nil when they are not there.
    mutating func take(_ count: Int) -> Int? {
        guard fill(count) else { return nil }
        let value = held & (1 << UInt64(count) - 1)
        drop(count)
        return Int(value)
    }

    /// The next bits without taking them, as many as there are of `count`, and how many that is.
    mutating func peek(_ count: Int) -> (bits: Int, count: Int) {
        _ = fill(count)
        let found = min(count, heldCount)
        return (Int(held & (1 << UInt64(found) - 1)), found)
    }

    mutating func drop(_ count: Int) {
        held >>= UInt64(count)
        heldCount -= count
    }

    private mutating func fill(_ count: Int) -> Bool {
        while heldCount < count, next < bytes.count {
            held |= UInt64(bytes[next]) << UInt64(heldCount)
            heldCount += 8
            next += 1
        }
        return heldCount >= count
    }

    /// Leaves the rest of a byte that was begun.
    mutating func alignToByte() { drop(heldCount % 8) }

    /// The next whole bytes, as many as are asked for and there.
    mutating func bytes(_ count: Int) -> [UInt8] {
        var taken: [UInt8] = []
        taken.reserveCapacity(count)
        while taken.count < count, heldCount >= 8 {
            taken.append(UInt8(truncatingIfNeeded: held))
            drop(8)
        }
        let rest = min(count - taken.count, bytes.count - next)
        taken.append(contentsOf: bytes[next..<next + rest])
        next += rest
        return taken
    }

    /// Passes the header of a member of a gzip file; false when it is not all there.
    mutating func skipHeader() throws(InflateFault) -> Bool {
        alignToByte()
        let before = self
        let fixed = bytes(10)
        guard zip(fixed, [0x1F, 0x8B, 8]).allSatisfy({ $0 == $1 }) else { throw InflateFault() }
        guard fixed.count == 10 else {
            self = before
            return false
        }
        let flags = fixed[3]
        var isWhole = true
        if flags & 4 != 0 {
            let length = bytes(2).map(Int.init)
            let extra = length.count == 2 ? length[0] | length[1] << 8 : .max
            isWhole = extra <= wholeBytes && bytes(extra).count == extra
        }
        // The name and the comment end with a zero.
        for flag in [UInt8(8), 16] where flags & flag != 0 {
            var byte = bytes(1)
            while let found = byte.first, found != 0 { byte = bytes(1) }
            if byte.isEmpty { isWhole = false }
        }
        if flags & 2 != 0, bytes(2).count < 2 { isWhole = false }
        if !isWhole { self = before }
        return isWhole
    }
}
