import StepwellJSON

/// A JSON text whose items are the elements of an array or the members of an object: of the whole
/// text, or of what a JSON Pointer leads to in it.
///
/// It is not parsed as a whole: what lies before the items is passed over, what lies behind them
/// is not looked at, and each item is cut out of the text.
struct JSONScanner: ItemScanner {
    /// What is expected next.
    private enum Stage: Sendable {
        /// A value, from which the tokens of the pointer lead to the items.
        case value(ArraySlice<String>)
        /// A member of an object on the way, or its end.
        case member(ArraySlice<String>)
        /// The `:` behind a key; whether its value is the way.
        case colon(ArraySlice<String>, isWay: Bool)
        /// The elements of an array on the way, so many of which are passed over yet.
        case element(ArraySlice<String>, left: Int)
        /// The rest of a value that is passed over.
        case passing(PassedValue, then: After)
        case items(isObject: Bool, isFirst: Bool)
        case done
    }

    /// What is expected behind a value that is passed over.
    private enum After: Sendable {
        case member(ArraySlice<String>)
        case element(ArraySlice<String>, left: Int)
    }

    private var buffer: ScanBuffer
    private var stage: Stage
    /// Where the items begin that were not given yet.
    private var given: ScanPlace
    /// How far the item at hand has been looked through already.
    private var item: (value: PassedValue, searched: Int)?

    /// `pointer` leads to the items; nil when they are the text's own.
    init(pointer: JSONPointer? = nil, from place: ScanPlace = ScanPlace()) {
        buffer = ScanBuffer(at: place.offset)
        given = place
        if let isObject = place.isObject {
            stage = .items(isObject: isObject, isFirst: false)
        } else {
            stage = .value((pointer?.tokens ?? [])[...])
        }
    }

    var isDone: Bool { if case .done = stage { true } else { false } }

    var place: ScanPlace { given }

    mutating func feed(_ bytes: [UInt8]) { buffer.feed(bytes) }

    mutating func end() { buffer.end() }

    mutating func next() throws(ItemTextFault) -> ScannedItem? {
        while true {
            if case .items(let isObject, let isFirst) = stage {
                return try nextItem(isObject: isObject, isFirst: isFirst)
            }
            if case .done = stage { return nil }
            guard try advance() else {
                if buffer.isEnded { throw unfinished }
                return nil
            }
        }
    }

    // MARK: The way to the items

    /// One step towards the items; false when it needs more bytes.
    private mutating func advance() throws(ItemTextFault) -> Bool {
        switch stage {
        case .value(let way): return try enter(way)
        case .member(let way): return try nextMember(way)
        case .colon(let way, let isWay):
            guard let byte = peek() else { return false }
            guard byte == UInt8(ascii: ":") else { throw unexpected(byte) }
            buffer.index += 1
            stage = isWay ? .value(way.dropFirst()) : .passing(PassedValue(), then: .member(way))
            return true
        case .element(let way, let left):
            guard let byte = peek() else { return false }
            if byte == UInt8(ascii: "]") { throw absent }
            if byte == UInt8(ascii: ",") { buffer.index += 1 }
            stage =
                left == 0
                ? .value(way.dropFirst())
                : .passing(PassedValue(), then: .element(way, left: left - 1))
            return true
        case .passing(var value, let then):
            _ = peek()
            let end = value.end(in: buffer.bytes, from: buffer.index, isLast: buffer.isEnded)
            buffer.index = end ?? buffer.bytes.count
            guard end != nil else {
                stage = .passing(value, then: then)
                return false
            }
            switch then {
            case .member(let way): stage = .member(way)
            case .element(let way, let left): stage = .element(way, left: left)
            }
            return true
        case .items, .done: return true
        }
    }

    private mutating func enter(_ way: ArraySlice<String>) throws(ItemTextFault) -> Bool {
        guard let byte = peek() else { return false }
        guard byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") else {
            throw way.isEmpty ? .notIterable : absent
        }
        buffer.index += 1
        let isObject = byte == UInt8(ascii: "{")
        guard let token = way.first else {
            stage = .items(isObject: isObject, isFirst: true)
            return true
        }
        if isObject {
            stage = .member(way)
        } else {
            guard let left = Int(token), left >= 0 else { throw absent }
            stage = .element(way, left: left)
        }
        return true
    }

    private mutating func nextMember(_ way: ArraySlice<String>) throws(ItemTextFault) -> Bool {
        guard let byte = peek() else { return false }
        if byte == UInt8(ascii: "}") { throw absent }
        let start = buffer.index
        if byte == UInt8(ascii: ",") { buffer.index += 1 }
        guard let key = try string() else {
            buffer.index = start
            return false
        }
        let text = try? JSONParser.parse(Array(key)).stringValue
        let isWay = text.flatMap { $0 }.map { $0.utf8.elementsEqual(way[way.startIndex].utf8) }
        stage = .colon(way, isWay: isWay ?? false)
        return true
    }

    // MARK: The items

    private mutating func nextItem(
        isObject: Bool,
        isFirst: Bool
    ) throws(ItemTextFault) -> ScannedItem? {
        let start = buffer.index
        guard var byte = peek() else { return try needMore(from: start) }
        if byte == UInt8(ascii: isObject ? "}" : "]") {
            buffer.index += 1
            stage = .done
            note(isObject)
            return nil
        }
        if !isFirst {
            guard byte == UInt8(ascii: ",") else { throw unexpected(byte) }
            buffer.index += 1
            guard let next = peek() else { return try needMore(from: start) }
            byte = next
        }
        var key: [UInt8]?
        if isObject {
            guard let found = try string() else { return try needMore(from: start) }
            key = Array(found)
            guard let colon = peek() else { return try needMore(from: start) }
            guard colon == UInt8(ascii: ":") else { throw unexpected(colon) }
            buffer.index += 1
            guard peek() != nil else { return try needMore(from: start) }
        }
        let first = buffer.index
        var value = item?.value ?? PassedValue()
        let from = first + (item?.searched ?? 0)
        guard let end = value.end(in: buffer.bytes, from: from, isLast: buffer.isEnded) else {
            item = (value, buffer.bytes.count - first)
            return try needMore(from: start)
        }
        guard end > first else { throw unexpected(byte) }
        item = nil
        buffer.index = end
        stage = .items(isObject: isObject, isFirst: false)
        note(isObject)
        return ScannedItem(text: Array(buffer.bytes[first..<end]), key: key)
    }

    private mutating func note(_ isObject: Bool) {
        given = ScanPlace(offset: buffer.offset, isObject: isObject)
    }

    private mutating func needMore(from start: Int) throws(ItemTextFault) -> ScannedItem? {
        buffer.index = start
        if buffer.isEnded { throw unfinished }
        guard buffer.remaining <= ScanBuffer.itemLimit else {
            throw .tooLarge("The item", at: buffer.offset)
        }
        return nil
    }

    // MARK: Bytes

    /// The next byte that is no white space, which is not passed; nil when there is none yet.
    private mutating func peek() -> UInt8? {
        if buffer.offset == 0 {
            let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
            let start = buffer.bytes[buffer.index...].prefix(3)
            if start.elementsEqual(mark) {
                buffer.index += 3
            } else if !buffer.isEnded, mark.starts(with: start) {
                return nil
            }
        }
        while buffer.index < buffer.bytes.count {
            switch buffer.bytes[buffer.index] {
            case 0x20, 0x09, 0x0A, 0x0D: buffer.index += 1
            case let byte: return byte
            }
        }
        return nil
    }

    /// A string with its quotes; nil when it is not all there.
    private mutating func string() throws(ItemTextFault) -> ArraySlice<UInt8>? {
        guard let byte = peek() else { return nil }
        guard byte == UInt8(ascii: "\"") else { throw unexpected(byte) }
        let start = buffer.index
        var value = PassedValue()
        guard let end = value.end(in: buffer.bytes, from: start, isLast: false) else {
            guard buffer.remaining <= ScanBuffer.itemLimit else {
                throw .tooLarge("The key", at: buffer.offset)
            }
            return nil
        }
        buffer.index = end
        return buffer.bytes[start..<end]
    }

    // MARK: Faults

    private var absent: ItemTextFault {
        ItemTextFault("The ItemsPointer leads to nothing in the JSON text.")
    }

    private var unfinished: ItemTextFault {
        ItemTextFault("The JSON text ends before its items do, at byte \(buffer.offset).")
    }

    private func unexpected(_ byte: UInt8) -> ItemTextFault {
        let shown = String(decoding: [byte], as: UTF8.self)
        return ItemTextFault("The JSON text has '\(shown)' at byte \(buffer.offset), out of place.")
    }
}

/// A JSON value whose end is looked for; what is in it is not checked.
struct PassedValue: Sendable {
    private var depth = 0
    private var isString = false
    private var isEscaped = false
    private var isScalar = false

    /// The place behind the value, which is looked for from `start` on, where it begins or where
    /// the bytes ended the last time; nil when it is not there yet.
    mutating func end(in bytes: [UInt8], from start: Int, isLast: Bool) -> Int? {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if isString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isString = false
                    if depth == 0 { return index + 1 }
                }
                index += 1
                continue
            }
            switch byte {
            case UInt8(ascii: "\""):
                if isScalar { return index }
                isString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if isScalar { return index }
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return index }
                depth -= 1
                if depth == 0 { return index + 1 }
            case UInt8(ascii: ","), UInt8(ascii: ":"), 0x20, 0x09, 0x0A, 0x0D:
                if depth == 0 { return index }
            default:
                if depth == 0 { isScalar = true }
            }
            index += 1
        }
        return isLast && isScalar ? index : nil
    }
}
