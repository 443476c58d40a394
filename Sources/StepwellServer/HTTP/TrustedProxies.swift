import NIOHTTP1
import StepwellTriggers

/// The proxies whose word is taken for whose requests they pass on, in `X-Forwarded-For`,
/// `X-Forwarded-Proto` and `X-Forwarded-Host`.
///
/// Of others these fields are read by nobody: whoever sends a request can write them.
package struct TrustedProxies: Sendable {
    /// What a proxy says of a request.
    struct Word: Sendable {
        /// The address of the client; nil when the proxy does not say.
        var client: String?
        /// Whether the client spoke TLS.
        var isSecure = false
        /// The host that the client asked for; nil when the proxy does not say.
        var host: String?
    }

    private let ranges: [AddressRange]

    /// None.
    package init() {
        ranges = []
    }

    /// Proxies at addresses, or in blocks of them: `10.0.0.1`, `10.0.0.0/8`, `fd00::/8`.
    ///
    /// - Throws: `TrustedProxiesError` for what is neither.
    package init(_ texts: [String]) throws(TrustedProxiesError) {
        var ranges: [AddressRange] = []
        for text in texts {
            let block =
                AddressRange.address(text).map { "\(text)/\($0.count * 8)" } ?? text
            do throws(EventPatternError) {
                ranges.append(try AddressRange(cidr: block))
            } catch {
                throw TrustedProxiesError(text)
            }
        }
        self.ranges = ranges
    }

    /// What the sender of a request says of whose it is; nil when it is no proxy that is trusted.
    func word(_ headers: HTTPHeaders, from peer: String?) -> Word? {
        guard isTrusted(peer) else { return nil }
        return Word(
            client: client(headers["x-forwarded-for"], from: peer),
            isSecure: Self.last(headers["x-forwarded-proto"])?.lowercased() == "https",
            host: Self.last(headers["x-forwarded-host"])
        )
    }

    /// The last address of a list that is none of a trusted proxy.
    ///
    /// Those in front of it may be invented. When all are trusted, the first one; nil when who says
    /// so is not.
    func client(_ fields: [String], from peer: String?) -> String? {
        guard isTrusted(peer) else { return nil }
        var found: String?
        for item in Self.items(fields).reversed() {
            guard let address = Self.address(item) else { break }
            found = address
            if !isTrusted(address) { break }
        }
        return found
    }

    private func isTrusted(_ text: String?) -> Bool {
        guard !ranges.isEmpty, let text, let bytes = AddressRange.address(text) else {
            return false
        }
        let isMapped = bytes.count == 16 && bytes.starts(with: Self.mapped)
        let address = isMapped ? Array(bytes.suffix(4)) : bytes
        return ranges.contains { $0.contains(address) }
    }

    /// What stands before an address of version 4 in one of version 6.
    private static let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255]

    /// The address in `ADDRESS`, `ADDRESS:PORT` or `[ADDRESS]:PORT`; nil when it is none.
    private static func address(_ item: String) -> String? {
        if AddressRange.address(item) != nil { return item }
        var text = Substring(item)
        if text.first == "[" {
            text = text.dropFirst().prefix { $0 != "]" }
        } else if let colon = text.lastIndex(of: ":") {
            text = text[..<colon]
        }
        let address = String(text)
        return AddressRange.address(address) == nil ? nil : address
    }

    private static func last(_ fields: [String]) -> String? { items(fields).last }

    private static func items(_ fields: [String]) -> [String] {
        fields.flatMap { $0.utf8.split(separator: UInt8(ascii: ",")) }.compactMap { bytes in
            let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
            let text = bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
            return text.isEmpty ? nil : String(decoding: Array(text), as: UTF8.self)
        }
    }
}

/// A text that names no proxy.
package struct TrustedProxiesError: Error, Sendable, CustomStringConvertible {
    package let description: String

    init(_ text: String) {
        description = "'\(text)' is neither an address nor a block of addresses such as 10.0.0.0/8"
    }
}
