/// URLs are made of texts: what is not allowed in a part is percent-encoded as UTF-8.
enum URLText {
    /// One name or value of a query, or of a form.
    static func component(_ text: String) -> String {
        encoded(text) { isUnreserved($0) }
    }

    /// A path: slashes stay, and what is encoded already.
    static func path(_ text: String) -> String {
        encoded(text) {
            isUnreserved($0) || "/%!$&'()*+,;=:@".utf8.contains($0)
        }
    }

    /// The names and values of a query, in order.
    static func query(_ pairs: [(name: String, value: String)]) -> String {
        pairs.map { "\(component($0.name))=\(component($0.value))" }.joined(separator: "&")
    }

    /// A URL with more in its query.
    static func url(_ url: String, adding pairs: [(name: String, value: String)]) -> String {
        guard !pairs.isEmpty else { return url }
        let parts = url.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let whole = String(parts.first ?? "")
        let joint = !whole.contains("?") ? "?" : whole.hasSuffix("?") ? "" : "&"
        return whole + joint + query(pairs)
    }

    /// The scheme of an absolute URL, in small letters.
    static func scheme(_ url: String) -> String? {
        let parts = url.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].hasPrefix("//"), !parts[0].isEmpty else { return nil }
        return parts[0].lowercased()
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func encoded(_ text: String, _ isAllowed: (UInt8) -> Bool) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isAllowed(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
