import Crypto

/// A request in the form that Signature Version 4 signs.
///
/// The rules are those of AWS's documentation, "Create a signed AWS API request".
package struct CanonicalRequest {
    /// The form's text.
    package let text: String

    /// How the path is written.
    package enum PathForm: Sendable {
        /// Dot segments and empty ones taken out, each segment encoded once more.
        case normalized
        /// As it is sent, which is S3's rule: its keys may hold anything.
        case asSent
    }

    /// The form of a request whose headers `signed` (lowercase, sorted) are signed.
    ///
    /// `X-Amz-Signature` is left out of the query: it is what is computed from the rest.
    package init(
        method: String,
        path: String,
        query: String,
        headers: [(name: String, value: String)],
        signed: [String],
        payloadHash: String,
        pathForm: PathForm = .normalized
    ) {
        let written = pathForm == .asSent && !path.isEmpty ? path : Self.path(path)
        var lines = [method, written, Self.query(query)]
        let sent = headers.map { (name: $0.name.lowercased(), value: $0.value) }
        for name in signed {
            let values = sent.filter { $0.name.utf8.elementsEqual(name.utf8) }
            let text = values.map { Self.collapsed($0.value) }.joined(separator: ",")
            lines.append("\(name):\(text)")
        }
        lines.append("")
        lines.append(signed.joined(separator: ";"))
        lines.append(payloadHash)
        text = lines.joined(separator: "\n")
    }

    /// The digest of a body, in hexadecimal.
    package static func hash(_ body: [UInt8]) -> String {
        Hexadecimal.text(SHA256.hash(data: body))
    }

    /// The path as it was sent, each segment encoded once more, dot segments taken out.
    private static func path(_ path: String) -> String {
        var segments: [Substring.UTF8View] = []
        for segment in Substring(path).utf8.split(separator: UInt8(ascii: "/")) {
            if segment.elementsEqual("..".utf8) {
                _ = segments.popLast()
            } else if !segment.elementsEqual(".".utf8) {
                segments.append(segment)
            }
        }
        var text = ""
        for segment in segments { text += "/" + PercentEncoding.encode(segment) }
        let isFolder = path.utf8.last == UInt8(ascii: "/")
        return isFolder || text.isEmpty ? text + "/" : text
    }

    /// The query's parameters, decoded and encoded anew, in order.
    private static func query(_ query: String) -> String {
        var pairs: [(name: [UInt8], value: [UInt8])] = []
        for part in QueryParameters(query).all where part.name != "X-Amz-Signature" {
            pairs.append(
                (
                    Array(PercentEncoding.encode(part.name.utf8).utf8),
                    Array(PercentEncoding.encode(part.value.utf8).utf8)
                )
            )
        }
        pairs.sort { left, right in
            left.name == right.name
                ? left.value.lexicographicallyPrecedes(right.value)
                : left.name.lexicographicallyPrecedes(right.name)
        }
        return pairs.map { pair in
            String(decoding: pair.name + [UInt8(ascii: "=")] + pair.value, as: UTF8.self)
        }.joined(separator: "&")
    }

    /// A header's value without spaces around it, and with single ones in it.
    private static func collapsed(_ value: String) -> String {
        let words = value.utf8.split { $0 == 0x20 || $0 == 0x09 }
        return words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }
}
