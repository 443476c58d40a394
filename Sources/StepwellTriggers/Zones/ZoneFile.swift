import StepwellHistory

/// A compiled file of the time zone database (RFC 9636): the changes of a zone's clocks so far, and
/// the rule for those to come.
struct ZoneFile {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The zone's rules; nil when the file is not of that form, or older than version 2.
    func rules(name: String) -> TimeZoneRules? {
        guard let old = Block(bytes, at: 0, timeBytes: 4), old.version >= UInt8(ascii: "2"),
            let block = Block(bytes, at: old.end, timeBytes: 8),
            let changes = block.changes(in: bytes), let first = block.firstOffset(in: bytes)
        else { return nil }
        var all = changes
        let footer = bytes[block.end...].split(separator: UInt8(ascii: "\n"), maxSplits: 1)
        if let text = footer.first, !text.isEmpty {
            guard let rule = ZoneRule(String(decoding: text, as: UTF8.self)) else { return nil }
            all += rule.changes(after: changes.last?.time)
        }
        return TimeZoneRules(name: name, firstOffset: first, changes: all)
    }
}

/// A header and the data that follow it; there is one of either size of times.
private struct Block {
    let version: UInt8
    let timeBytes: Int
    let times: Int
    let types: Int
    /// Where the data begin.
    let start: Int
    /// Behind the last of the data.
    let end: Int

    init?(_ bytes: [UInt8], at offset: Int, timeBytes: Int) {
        let header = offset + 20
        guard bytes.count >= offset + 44, bytes[offset..<offset + 4].elementsEqual("TZif".utf8)
        else { return nil }
        version = bytes[offset + 4]
        self.timeBytes = timeBytes
        let counts = (0..<6).map { Int(Self.number(bytes, header + 4 * $0, 4)) }
        // Each is of 32 bits, none is anywhere near that.
        guard counts.allSatisfy({ (0...1 << 20).contains($0) }), counts[4] > 0 else { return nil }
        times = counts[3]
        types = counts[4]
        start = header + 24
        end =
            start + times * (timeBytes + 1) + types * 6 + counts[5] + counts[2] * (timeBytes + 4)
            + counts[1] + counts[0]
        guard end <= bytes.count else { return nil }
    }

    /// The changes of the clocks; those that leave the offset alone are left out.
    func changes(in bytes: [UInt8]) -> [TimeZoneRules.Change]? {
        var changes: [TimeZoneRules.Change] = []
        var current = offset(ofType: 0, in: bytes)
        for index in 0..<times {
            let type = Int(bytes[start + times * timeBytes + index])
            guard type < types else { return nil }
            let time = Self.number(bytes, start + index * timeBytes, timeBytes)
            let offset = offset(ofType: type, in: bytes)
            if offset != current { changes.append(.init(time: time, offset: offset)) }
            current = offset
        }
        return changes
    }

    func firstOffset(in bytes: [UInt8]) -> Int64? { offset(ofType: 0, in: bytes) }

    private func offset(ofType type: Int, in bytes: [UInt8]) -> Int64 {
        Self.number(bytes, start + times * (timeBytes + 1) + type * 6, 4)
    }

    /// A signed number, its highest byte first.
    private static func number(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> Int64 {
        var value: Int64 = Int8(bitPattern: bytes[offset]) < 0 ? -1 : 0
        for byte in bytes[offset..<offset + count] { value = value << 8 | Int64(byte) }
        return value
    }
}
