/// A text with `*` for any characters and `?` for one, as IAM policies have them.
package struct PolicyPattern: Sendable, Hashable {
    /// A part of a pattern.
    private enum Part: Sendable, Hashable {
        case byte(UInt8)
        case any
        case one
    }

    private let parts: [Part]
    private let ignoresCase: Bool

    /// A pattern from its text; `${*}`, `${?}` and `${$}` stand for the characters themselves.
    package init(_ text: String, ignoresCase: Bool = false) {
        self.ignoresCase = ignoresCase
        var parts: [Part] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.first {
            if rest.count >= 4, Self.isEscape(rest.prefix(4)) {
                parts.append(.byte(rest[rest.startIndex + 2]))
                rest = rest.dropFirst(4)
                continue
            }
            rest = rest.dropFirst()
            switch byte {
            case UInt8(ascii: "*"): if parts.last != .any { parts.append(.any) }
            case UInt8(ascii: "?"): parts.append(.one)
            default: parts.append(.byte(ignoresCase ? Self.lower(byte) : byte))
            }
        }
        self.parts = parts
    }

    /// Whether a whole text fits.
    package func matches(_ text: String) -> Bool {
        let bytes = Array(text.utf8).map { ignoresCase ? Self.lower($0) : $0 }
        // Where the last `*` was, and what it stands for so far: what fails later is tried again
        // with one byte more.
        var (part, byte) = (0, 0)
        var star: (part: Int, byte: Int)?
        while byte < bytes.count {
            if part < parts.count, Self.fits(parts[part], bytes[byte]) {
                part += 1
                byte += 1
            } else if part < parts.count, parts[part] == .any {
                star = (part, byte)
                part += 1
            } else if let last = star {
                star = (last.part, last.byte + 1)
                part = last.part + 1
                byte = last.byte + 1
            } else {
                return false
            }
        }
        return parts[part...].allSatisfy { $0 == .any }
    }

    private static func fits(_ part: Part, _ byte: UInt8) -> Bool {
        switch part {
        case .byte(let wanted): wanted == byte
        case .one: true
        case .any: false
        }
    }

    private static func isEscape(_ bytes: ArraySlice<UInt8>) -> Bool {
        ["${*}", "${?}", "${$}"].contains { $0.utf8.elementsEqual(bytes) }
    }

    private static func lower(_ byte: UInt8) -> UInt8 {
        (65...90).contains(byte) ? byte + 32 : byte
    }
}
