/// A range of IP addresses of one version.
package struct AddressRange: Sendable, Hashable {
    /// The first and the last address, 4 or 16 bytes.
    let first: [UInt8]
    let last: [UInt8]

    /// Whether an address is in the range.
    package func contains(_ address: [UInt8]) -> Bool {
        address.count == first.count && !address.lexicographicallyPrecedes(first)
            && !last.lexicographicallyPrecedes(address)
    }

    /// The range that a block of CIDR stands for, `ADDRESS/BITS`.
    ///
    /// - Throws: What is wrong, in EventBridge's words.
    package init(cidr: String) throws(EventPatternError) {
        let parts = cidr.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            throw EventPatternError(reason: "Malformed CIDR, one '/' required")
        }
        guard let bits = Int(parts[1]), !parts[1].utf8.starts(with: "+".utf8) else {
            throw EventPatternError(reason: "Malformed CIDR, mask bits must be an integer")
        }
        guard bits >= 0 else {
            throw EventPatternError(reason: "Malformed CIDR, mask bits must not be negative")
        }
        guard let address = Self.address(String(parts[0])) else {
            throw EventPatternError(reason: "Nonstandard IP address: \(parts[0])")
        }
        guard bits <= address.count * 8 else {
            let version = address.count == 4 ? "IPv4" : "IPv6"
            throw EventPatternError(
                reason: "\(version) mask bits must be < \(address.count * 8 + 1)"
            )
        }
        let masks = address.indices.map { index in
            UInt8(truncatingIfNeeded: 0xFF00 >> min(8, max(0, bits - index * 8)))
        }
        first = zip(address, masks).map { $0 & $1 }
        last = zip(address, masks).map { $0 | ~$1 }
    }

    /// The bytes of an IP address; nil when it is none.
    package static func address(_ text: String) -> [UInt8]? {
        text.utf8.contains(UInt8(ascii: ":")) ? version6(text) : version4(text)
    }

    private static func version4(_ text: String) -> [UInt8]? {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        let bytes = parts.compactMap { part -> UInt8? in
            guard (1...3).contains(part.count), part.allSatisfy({ (0x30...0x39).contains($0) })
            else { return nil }
            return UInt8(String(Substring(part)))
        }
        return bytes.count == 4 ? bytes : nil
    }

    private static func version6(_ text: String) -> [UInt8]? {
        let halves = text.split(separator: "::", omittingEmptySubsequences: false)
        guard halves.count <= 2 else { return nil }
        let sides = halves.map { words(String($0)) }
        guard let head = sides[0], let tail = sides[sides.count - 1] else { return nil }
        if halves.count == 1 { return head.count == 16 ? head : nil }
        let missing = 16 - head.count - tail.count
        guard missing >= 2 else { return nil }
        return head + [UInt8](repeating: 0, count: missing) + tail
    }

    /// The bytes of words between colons, of which the last may be a version 4 address.
    private static func words(_ text: String) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        let words = text.split(separator: ":", omittingEmptySubsequences: false)
        var bytes: [UInt8] = []
        for (index, word) in words.enumerated() {
            if index == words.count - 1, word.utf8.contains(UInt8(ascii: ".")) {
                guard let address = version4(String(word)) else { return nil }
                bytes += address
                continue
            }
            let digits = word.utf8
            guard (1...4).contains(digits.count), digits.first != UInt8(ascii: "+"),
                let value = UInt16(word, radix: 16)
            else { return nil }
            bytes += [UInt8(value >> 8), UInt8(value & 0xFF)]
        }
        return bytes
    }
}
