/// The recursive descent over one text.
///
/// `cursor` never passes `end`; every read is behind a comparison of the two.
struct JSONReader: ~Copyable {
    var cursor: UnsafePointer<UInt8>
    let start: UnsafePointer<UInt8>
    let end: UnsafePointer<UInt8>

    private var values = MoveStack<JSONValue>(minimumCapacity: 64)
    private var members = MoveStack<JSONMember>(minimumCapacity: 64)
    /// The key hashes of `members`, at the same positions.
    private var hashes = MoveStack<UInt32>(minimumCapacity: 64)
    /// Where strings with escapes are put together; empty between strings.
    var scratch: [UInt8] = []
    private var remainingDepth: Int
    /// Whether a key that an object has already is a failure.
    private let refusesRepeatedKeys: Bool

    init(
        _ bytes: UnsafeBufferPointer<UInt8>,
        maximumDepth: Int,
        refusesRepeatedKeys: Bool = false
    ) {
        let start = bytes.baseAddress ?? Self.nothing
        self.start = start
        cursor = start
        end = start + bytes.count
        remainingDepth = maximumDepth
        self.refusesRepeatedKeys = refusesRepeatedKeys
    }

    /// A place for the cursor when there is no text; nothing is read from it.
    private static var nothing: UnsafePointer<UInt8> {
        UnsafePointer(UnsafeMutablePointer<UInt8>(bitPattern: 1).unsafelyUnwrapped)
    }

    mutating func readText() throws(JSONFailure) -> JSONValue {
        if end - start >= 3, start[0] == 0xEF, start[1] == 0xBB, start[2] == 0xBF {
            throw failure(.byteOrderMark)
        }
        let value = try readValue()
        skipWhiteSpace()
        if cursor < end {
            throw failure(.unexpected(expected: "the end of the text"))
        }
        return value
    }

    /// The failure of `problem` at the cursor.
    @inline(never)
    func failure(_ problem: JSONFailure.Problem) -> JSONFailure {
        failure(problem, at: cursor)
    }

    @inline(never)
    func failure(
        _ problem: JSONFailure.Problem,
        at place: UnsafePointer<UInt8>
    ) -> JSONFailure {
        JSONFailure(problem: problem, offset: place - start)
    }

    /// The byte at the cursor, or 0, which the grammar never expects, at the end.
    @inline(__always)
    var current: UInt8 {
        cursor < end ? cursor.pointee : 0
    }

    @inline(__always)
    mutating func skipWhiteSpace() {
        guard cursor < end, cursor.pointee <= JSONByte.space else {
            return
        }
        while cursor < end, JSONByte.isWhiteSpace(cursor.pointee) {
            cursor += 1
        }
    }

    mutating func readValue() throws(JSONFailure) -> JSONValue {
        skipWhiteSpace()
        switch current {
        case JSONByte.quote: return .string(try readString())
        case JSONByte.openBrace: return .object(try readObject())
        case JSONByte.openBracket: return .array(try readArray())
        case JSONByte.minus, JSONByte.zero...JSONByte.nine: return .number(try readNumber())
        case UInt8(ascii: "t"): return try readWord("true", .bool(true))
        case UInt8(ascii: "f"): return try readWord("false", .bool(false))
        case UInt8(ascii: "n"): return try readWord("null", .null)
        default: throw failure(.unexpected(expected: "a value"))
        }
    }

    @inline(__always)
    private mutating func readWord(
        _ word: StaticString,
        _ value: JSONValue
    ) throws(JSONFailure) -> JSONValue {
        var expected = word.utf8Start
        for _ in 0..<word.utf8CodeUnitCount {
            guard cursor < end, cursor.pointee == expected.pointee else {
                throw failure(.unexpected(expected: word))
            }
            cursor += 1
            expected += 1
        }
        return value
    }

    private mutating func enter() throws(JSONFailure) {
        guard remainingDepth > 0 else {
            throw failure(.tooDeep)
        }
        remainingDepth &-= 1
        cursor += 1
        skipWhiteSpace()
    }

    private mutating func readArray() throws(JSONFailure) -> [JSONValue] {
        try enter()
        defer { remainingDepth &+= 1 }
        if current == JSONByte.closeBracket {
            cursor += 1
            return []
        }
        let first = values.count
        while true {
            values.push(try readValue())
            skipWhiteSpace()
            switch current {
            case JSONByte.comma: cursor += 1
            case JSONByte.closeBracket:
                cursor += 1
                return values.popArray(from: first)
            default: throw failure(.unexpected(expected: "',' or ']'"))
            }
        }
    }

    private mutating func readObject() throws(JSONFailure) -> JSONObject {
        try enter()
        defer { remainingDepth &+= 1 }
        if current == JSONByte.closeBrace {
            cursor += 1
            return JSONObject()
        }
        let first = members.count
        var index: JSONObjectIndex?
        while true {
            let place = cursor
            let (key, hash) = try readKey()
            if refusesRepeatedKeys, position(of: key, hash: hash, from: first, index) != nil {
                throw failure(.repeatedKey, at: place)
            }
            add(JSONMember(key: key, value: try readValue()), hash: hash, to: first, &index)
            skipWhiteSpace()
            switch current {
            case JSONByte.comma:
                cursor += 1
                skipWhiteSpace()
            case JSONByte.closeBrace:
                cursor += 1
                hashes.drop(from: first)
                return JSONObject(
                    members: members.popContiguousArray(from: first),
                    index: index
                )
            default: throw failure(.unexpected(expected: "',' or '}'"))
            }
        }
    }

    /// Reads a key and the colon behind it.
    @inline(__always)
    private mutating func readKey() throws(JSONFailure) -> (String, UInt32) {
        guard current == JSONByte.quote else {
            throw failure(.unexpected(expected: "a key in quotes"))
        }
        let first = cursor + 1
        let key = try readString()
        let length = cursor - 1 - first
        // A key as long as it was written has no escapes, and so is in the text as it is.
        let hash =
            key.utf8.count == length
            ? JSONObjectIndex.hash(UnsafeRawBufferPointer(start: first, count: length))
            : JSONObjectIndex.hash(key)
        skipWhiteSpace()
        guard current == JSONByte.colon else {
            throw failure(.unexpected(expected: "':'"))
        }
        cursor += 1
        return (key, hash)
    }

    /// Adds a member to the object that began at `first`, or replaces the value of an equal key.
    @inline(__always)
    private mutating func add(
        _ member: consuming JSONMember,
        hash: UInt32,
        to first: Int,
        _ index: inout JSONObjectIndex?
    ) {
        let count = members.count &- first
        if let known = position(of: member.key, hash: hash, from: first, index) {
            let value = member.value
            members.update(at: first + known) { $0.value = value }
            return
        }
        members.push(member)
        hashes.push(hash)
        if index != nil {
            index?.insert(hash, at: count)
        } else if count == JSONObjectIndex.threshold {
            index = JSONObjectIndex(hashes: hashes.top(from: first))
        }
    }

    @inline(__always)
    private func position(
        of key: String,
        hash: UInt32,
        from first: Int,
        _ index: JSONObjectIndex?
    ) -> Int? {
        let open = members.top(from: first)
        if let index {
            return index.position(hash: hash) { open[$0].key.hasSameBytes(as: key) }
        }
        let openHashes = hashes.top(from: first)
        for candidate in openHashes.indices where openHashes[candidate] == hash {
            if open[candidate].key.hasSameBytes(as: key) {
                return candidate
            }
        }
        return nil
    }
}
