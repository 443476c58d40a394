/// A growing text in its own memory, which costs less per byte than growing an array.
struct JSONOutput: ~Copyable {
    private var storage: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0
    /// Beyond this many bytes containers are not written on.
    var limit = Int.max

    init(minimumCapacity: Int) {
        storage = .allocate(capacity: minimumCapacity)
    }

    deinit {
        storage.deallocate()
    }

    private var written: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(storage.extracting(..<count))
    }

    var bytes: [UInt8] { [UInt8](written) }

    /// The text as a string; all that is written here is UTF-8.
    var string: String { String(decoding: written, as: UTF8.self) }

    func append(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: written)
    }

    @inline(__always)
    mutating func put(_ byte: UInt8) {
        reserve(1)
        storage[count] = byte
        count &+= 1
    }

    @inline(__always)
    mutating func put(_ text: StaticString) {
        put(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inline(__always)
    mutating func put(_ bytes: UnsafeBufferPointer<UInt8>) {
        reserve(bytes.count)
        _ = storage.extracting(count...).update(fromContentsOf: bytes)
        count &+= bytes.count
    }

    /// Appends text that is already JSON, such as a number's.
    mutating func put(plain text: String) {
        let bytes = text.utf8Span.span
        bytes.withUnsafeBufferPointer { put($0) }
    }

    /// Writes a string with its quotes.
    @inline(__always)
    mutating func putString(_ text: String) {
        let bytes = text.utf8Span.span
        bytes.withUnsafeBufferPointer { putString($0) }
    }

    /// Makes room for `extra` bytes beyond `count`.
    @inline(__always)
    private mutating func reserve(_ extra: Int) {
        if storage.count &- count < extra {
            grow(extra)
        }
    }

    @inline(never)
    private mutating func grow(_ extra: Int) {
        let capacity = max(storage.count * 2, count + extra)
        let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: capacity)
        _ = larger.update(fromContentsOf: storage.extracting(..<count))
        storage.deallocate()
        storage = larger
    }

    private mutating func putString(_ text: UnsafeBufferPointer<UInt8>) {
        // Room for the whole with its quotes; only escapes, which are rare, ask for more.
        reserve(text.count &+ 10)
        put(JSONByte.quote)
        var rest = text
        while let stop = copyPlain(rest) {
            putEscape(rest[stop])
            rest = rest.extracting((stop &+ 1)...)
            reserve(rest.count &+ 9)
        }
        put(JSONByte.quote)
    }

    /// Copies up to the first byte to escape, and returns its place; `nil` when all was copied.
    ///
    /// There must be room for the text and eight bytes more.
    @inline(__always)
    private mutating func copyPlain(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let source = text.baseAddress, let base = storage.baseAddress else {
            return nil
        }
        let target = base + count
        var offset = 0
        while text.count &- offset >= 8 {
            let word = ByteWord.load(source + offset)
            UnsafeMutableRawPointer(target + offset)
                .storeBytes(of: word.littleEndian, as: UInt64.self)
            let mask = ByteWord.interruptions(in: word)
            if mask != 0 {
                offset &+= ByteWord.firstIndex(of: mask)
                count &+= offset
                return offset
            }
            offset &+= 8
        }
        while offset < text.count {
            let byte = source[offset]
            if byte == JSONByte.quote || byte == JSONByte.backslash || byte < JSONByte.space {
                count &+= offset
                return offset
            }
            target[offset] = byte
            offset &+= 1
        }
        count &+= offset
        return nil
    }

    private mutating func putEscape(_ byte: UInt8) {
        put(JSONByte.backslash)
        switch byte {
        case JSONByte.quote, JSONByte.backslash: put(byte)
        case 0x08: put(UInt8(ascii: "b"))
        case JSONByte.tab: put(UInt8(ascii: "t"))
        case JSONByte.lineFeed: put(UInt8(ascii: "n"))
        case 0x0C: put(UInt8(ascii: "f"))
        case JSONByte.carriageReturn: put(UInt8(ascii: "r"))
        default:
            put(byte < 0x10 ? "u000" : "u001")
            let digit = byte & 0x0F
            put(digit < 10 ? JSONByte.zero + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}
