/// What the functions of strings do; positions count Unicode code points.
enum StringFunctions {
    static func substring(_ text: String, _ start: Double, _ length: Double?) -> String {
        let count = UTF16Text.count(text)
        let limit = Double(count)
        let first = limit + start < 0 ? 0 : start
        guard let length else {
            return slice(text, from: first, to: limit, of: count)
        }
        guard length > 0 else {
            return ""
        }
        return slice(
            text,
            from: first,
            to: first >= 0 ? first + length : limit + first + length,
            of: count
        )
    }

    /// As JavaScript's `slice`: negative positions count from the end.
    private static func slice(
        _ text: String,
        from start: Double,
        to end: Double,
        of count: Int
    ) -> String {
        let first = place(start, count)
        let last = place(end, count)
        guard first < last else {
            return ""
        }
        return ByteSearch.slice(
            text,
            UTF16Text.offset(of: first, in: text),
            UTF16Text.offset(of: last, in: text)
        )
    }

    private static func place(_ position: Double, _ count: Int) -> Int {
        // What is no number stands for the beginning, as in the reference.
        let whole = position.isNaN ? 0 : position.rounded(.towardZero)
        let limit = Double(count)
        return Int(whole < 0 ? max(limit + whole, 0) : min(whole, limit))
    }

    /// White space in a row becomes one space, and none is left at the ends.
    static func trim(_ text: String) -> String {
        var bytes: [UInt8] = []
        var isPending = false
        for byte in text.utf8 {
            if byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
                isPending = !bytes.isEmpty
            } else {
                if isPending {
                    bytes.append(0x20)
                    isPending = false
                }
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func pad(
        _ text: String,
        _ width: Double,
        _ filler: String?,
        _ machine: Machine
    ) throws(Fault) -> String {
        let fill = filler.flatMap { $0.isEmpty ? nil : $0 } ?? " "
        let unit = UTF16Text.count(fill)
        let missing = width.magnitude.rounded(.down) - Double(UTF16Text.count(text))
        guard missing > 0 else {
            return text
        }
        guard missing < Double(machine.budget.bytes) else {
            throw Fault("U1001", detail: "bytes")
        }
        let count = Int(missing)
        try machine.count(bytes: count)
        let rest = UTF16Text.offset(of: count % unit, in: fill)
        let padding =
            String(repeating: fill, count: count / unit) + ByteSearch.slice(fill, 0, rest)
        return width > 0 ? UTF16Text.joined(text, padding) : UTF16Text.joined(padding, text)
    }

    static func join(
        _ parts: ArrayNode,
        _ separator: String,
        _ machine: Machine
    ) throws(Fault) -> String {
        var result = ""
        var hasHalves = false
        for (place, part) in parts.elements.enumerated() {
            guard case .string(let text) = part else {
                continue
            }
            try machine.count(bytes: text.utf8.count + separator.utf8.count)
            if place > 0 {
                result += separator
            }
            result += text
            hasHalves = hasHalves || text.utf8.contains { $0 == 0xF4 }
        }
        return hasHalves ? UTF16Text.string(UTF16Text.units(result)) : result
    }
}

/// Searching by bytes, which for UTF-8 finds what a search by code points does.
enum ByteSearch {
    /// The offset in bytes of the first occurrence at or after an offset; never looks at a byte of
    /// the text again (Knuth, Morris and Pratt).
    static func first(_ needle: String, in text: String, from start: Int = 0) -> Int? {
        let wanted = Array(needle.utf8)
        let bytes = text.utf8Span.span
        guard !wanted.isEmpty else {
            return start
        }
        let borders = borders(of: wanted)
        var matched = 0
        for place in stride(from: start, to: bytes.count, by: 1) {
            while matched > 0, bytes[place] != wanted[matched] { matched = borders[matched - 1] }
            if bytes[place] == wanted[matched] { matched += 1 }
            if matched == wanted.count { return place + 1 - matched }
        }
        return nil
    }

    /// For each beginning of some bytes: how long its longest other beginning is that it ends with.
    private static func borders(of bytes: [UInt8]) -> [Int] {
        var borders = [Int](repeating: 0, count: bytes.count)
        var matched = 0
        for place in bytes.indices.dropFirst() {
            while matched > 0, bytes[place] != bytes[matched] { matched = borders[matched - 1] }
            if bytes[place] == bytes[matched] { matched += 1 }
            borders[place] = matched
        }
        return borders
    }

    /// The text between two offsets in bytes.
    static func slice(_ text: String, _ start: Int, _ end: Int) -> String {
        let utf8 = text.utf8
        let first = utf8.index(utf8.startIndex, offsetBy: start)
        let last = utf8.index(utf8.startIndex, offsetBy: end)
        return String(text[first..<last])
    }
}
