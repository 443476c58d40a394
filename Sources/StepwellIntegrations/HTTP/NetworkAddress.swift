import Glibc

/// An IP address as bytes: four, or sixteen; version 4's in version 6 are the four.
struct NetworkAddress: Hashable, Sendable {
    let bytes: [UInt8]

    /// The address that a text is (`10.0.0.1`, `fe80::1`, `[fe80::1]`); nil when it is none.
    init?(_ text: String) {
        var text = Substring(text)
        if text.first == "[", text.last == "]" { text = text.dropFirst().dropLast() }
        let plain = String(text.prefix { $0 != "%" })
        var four = in_addr()
        if inet_pton(AF_INET, plain, &four) == 1 {
            bytes = withUnsafeBytes(of: &four) { Array($0) }
            return
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, plain, &six) == 1 else { return nil }
        let all = withUnsafeBytes(of: &six) { Array($0) }
        let isMapped = all.prefix(10).allSatisfy { $0 == 0 } && all[10] == 255 && all[11] == 255
        bytes = isMapped ? Array(all.suffix(4)) : all
    }

    /// The address of version 4 that an address of version 6 leads to by a translator (NAT64), by
    /// 6to4, or in the old compatible form; nil when it is none of these.
    var embedded: NetworkAddress? {
        guard bytes.count == 16 else { return nil }
        if bytes.starts(with: [0x20, 0x02]) { return NetworkAddress(bytes: Array(bytes[2..<6])) }
        let translated: [UInt8] = [0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]
        let isCompatible = bytes.prefix(12).allSatisfy { $0 == 0 } && bytes[12] != 0
        guard bytes.starts(with: translated) || isCompatible else { return nil }
        return NetworkAddress(bytes: Array(bytes.suffix(4)))
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Whether the first `length` bits are those of a network.
    func isIn(_ network: NetworkAddress, length: Int) -> Bool {
        guard bytes.count == network.bytes.count else { return false }
        for index in bytes.indices {
            let bits = min(8, max(0, length - index * 8))
            let mask = bits == 0 ? 0 : UInt8(truncatingIfNeeded: 0xFF00 >> bits)
            if bytes[index] & mask != network.bytes[index] & mask { return false }
        }
        return true
    }
}
