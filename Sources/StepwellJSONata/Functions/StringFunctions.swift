/// What the functions of strings do; positions count Unicode code points.
enum StringFunctions {
    static func substring(_ text: String, _ start: Double, _ length: Double?) -> String {
        let scalars = Array(text.unicodeScalars)
        let count = Double(scalars.count)
        var first = start
        if count + first < 0 {
            first = 0
        }
        guard let length else {
            return slice(scalars, from: first, to: count)
        }
        guard length > 0 else {
            return ""
        }
        let end = first >= 0 ? first + length : count + first + length
        return slice(scalars, from: first, to: end)
    }

    /// As JavaScript's `slice`: negative positions count from the end.
    private static func slice(
        _ scalars: [Unicode.Scalar],
        from start: Double,
        to end: Double
    ) -> String {
        let first = place(start, scalars.count)
        let last = place(end, scalars.count)
        var result = String.UnicodeScalarView()
        if first < last {
            result.append(contentsOf: scalars[first..<last])
        }
        return String(result)
    }

    private static func place(_ position: Double, _ count: Int) -> Int {
        let whole = position.rounded(.towardZero)
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
        let fill = Array((filler.flatMap { $0.isEmpty ? nil : $0 } ?? " ").unicodeScalars)
        let wanted = width.magnitude.rounded(.down)
        let missing = wanted - Double(text.unicodeScalars.count)
        guard missing > 0 else {
            return text
        }
        guard missing < Double(machine.budget.bytes) else {
            throw Fault("U1001", detail: "bytes")
        }
        try machine.count(bytes: Int(missing))
        var padding = String.UnicodeScalarView()
        for place in 0..<Int(missing) {
            padding.append(fill[place % fill.count])
        }
        return width > 0 ? text + String(padding) : String(padding) + text
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
    /// The offset in bytes of the first occurrence at or after an offset.
    static func first(_ needle: String, in text: String, from start: Int = 0) -> Int? {
        let wanted = Array(needle.utf8)
        let bytes = text.utf8Span.span
        guard let head = wanted.first else {
            return start
        }
        var place = start
        while place + wanted.count <= bytes.count {
            if bytes[place] == head {
                var length = 1
                while length < wanted.count, bytes[place + length] == wanted[length] {
                    length += 1
                }
                if length == wanted.count {
                    return place
                }
            }
            place += 1
        }
        return nil
    }

    /// The text between two offsets in bytes.
    static func slice(_ text: String, _ start: Int, _ end: Int) -> String {
        let utf8 = text.utf8
        let first = utf8.index(utf8.startIndex, offsetBy: start)
        let last = utf8.index(utf8.startIndex, offsetBy: end)
        return String(text[first..<last])
    }
}
