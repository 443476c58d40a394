package import StepwellHistory
import StepwellLanguage

/// A time as signatures write it: ISO 8601's basic form, `20150830T123600Z`.
package enum SigningTime {
    /// Reads a time; nil when it does not have that form.
    package static func parse(_ text: String) -> Timestamp? {
        let bytes = Array(text.utf8)
        guard bytes.count == 16, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z")
        else { return nil }
        let part = { (range: Range<Int>) in String(decoding: bytes[range], as: UTF8.self) }
        let extended =
            "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))"
            + "T\(part(9..<11)):\(part(11..<13)):\(part(13..<15))Z"
        return StatesTimestamp(parsing: extended).map {
            Timestamp(milliseconds: $0.milliseconds)
        }
    }

    /// Writes a time.
    package static func text(_ time: Timestamp) -> String {
        let dropped: Set = [UInt8(ascii: "-"), UInt8(ascii: ":")]
        let digits = time.rfc3339.utf8.prefix(19).filter { !dropped.contains($0) }
        return String(decoding: digits, as: UTF8.self) + "Z"
    }
}
