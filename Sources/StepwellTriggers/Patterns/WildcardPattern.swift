/// A text with wildcards: `*` stands for any characters, `\*` and `\\` for themselves.
struct WildcardPattern: Sendable, Hashable {
    /// What is between the wildcards, in order; of one without any there is one.
    private let parts: [[UInt8]]
    /// How long a shorter begin is that a begin of a part ends with, by the length of that.
    ///
    /// With it a text is gone through once, whatever is in it (Knuth, Morris, Pratt).
    private let borders: [[Int]]

    /// How many wildcards there may be: EventBridge refuses rules that are "too complex" (which it
    /// counts as more than this does).
    private static let limit = 5

    /// Reads a pattern.
    ///
    /// - Throws: What is wrong, in EventBridge's words; positions count from the quote before it.
    init(_ text: String) throws(EventPatternError) {
        let bytes = Array(text.utf8)
        var parts: [[UInt8]] = [[]]
        var index = 0
        while index < bytes.count {
            let next = index + 1 < bytes.count ? bytes[index + 1] : nil
            switch bytes[index] {
            case UInt8(ascii: "*"):
                guard next != UInt8(ascii: "*") else {
                    let place = index + 1
                    throw EventPatternError(
                        reason: "Consecutive wildcard characters at pos \(place)"
                    )
                }
                parts.append([])
            case UInt8(ascii: "\\"):
                guard let next, next == UInt8(ascii: "*") || next == UInt8(ascii: "\\") else {
                    throw EventPatternError(reason: "Invalid escape character at pos \(index + 1)")
                }
                parts[parts.count - 1].append(next)
                index += 1
            default:
                parts[parts.count - 1].append(bytes[index])
            }
            index += 1
        }
        self.parts = parts
        borders = parts.map(Self.borders)
    }

    private static func borders(of part: [UInt8]) -> [Int] {
        var borders: [Int] = []
        var length = 0
        for (index, byte) in part.enumerated() {
            while index > 0, length > 0, part[length] != byte { length = borders[length - 1] }
            if index > 0, part[length] == byte { length += 1 }
            borders.append(length)
        }
        return borders
    }

    /// Whether it has more wildcards than EventBridge takes.
    var isTooComplex: Bool { parts.count - 1 > Self.limit }

    /// Whether a text is of the pattern: the first part at its begin, the last at its end, those
    /// between at the first place behind the one before, which is right whenever any is.
    func matches(_ text: some Collection<UInt8>) -> Bool {
        let text = Array(text)
        guard parts.count > 1, let first = parts.first, let last = parts.last else {
            return text == parts.first
        }
        guard text.count >= first.count + last.count, text.starts(with: first),
            text.suffix(last.count).elementsEqual(last)
        else { return false }
        var place = first.count
        let end = text.count - last.count
        for index in 1..<(parts.count - 1) {
            guard let found = endOfPart(index, in: text[place..<end]) else { return false }
            place = found
        }
        return true
    }

    /// The place behind the first occurrence of a part; nil when there is none.
    private func endOfPart(_ index: Int, in text: ArraySlice<UInt8>) -> Int? {
        let (part, borders) = (parts[index], borders[index])
        guard !part.isEmpty else { return text.startIndex }
        var length = 0
        for place in text.indices {
            while length > 0, part[length] != text[place] { length = borders[length - 1] }
            if part[length] == text[place] { length += 1 }
            if length == part.count { return place + 1 }
        }
        return nil
    }
}
