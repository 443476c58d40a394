/// Takes the text of an object apart into items, as its bytes come.
protocol ItemScanner: Sendable {
    /// Takes more bytes.
    mutating func feed(_ bytes: [UInt8])

    /// There are no more bytes.
    mutating func end()

    /// The next item; nil when more bytes are needed or, after `end`, when there are no more.
    mutating func next() throws(ItemTextFault) -> ScannedItem?

    /// Whether the last item was given.
    var isDone: Bool { get }

    /// Where the text behind the last item begins, as a scanner needs it to go on from there.
    var place: ScanPlace { get }
}

/// An item of a text.
struct ScannedItem: Sendable, Equatable {
    /// JSON text.
    var text: [UInt8]
    /// The key as JSON text, of an item that is a member of an object.
    var key: [UInt8]?
}

/// Where in a text a scanner goes on.
struct ScanPlace: Sendable, Equatable {
    /// In bytes of the text, decompressed if it was compressed.
    var offset = 0
    /// The columns of a CSV text; nil where they are not known yet.
    var headers: [String]?
    /// Of a JSON text: whether its items are members of an object; nil before the first.
    var isObject: Bool?
}

/// What is wrong with the text of an object.
struct ItemTextFault: Error, Sendable, Equatable {
    /// As a failure's cause says it.
    let cause: String

    init(_ cause: String) {
        self.cause = cause
    }

    /// AWS's words (recorded).
    static let notIterable = ItemTextFault("Attempting to map over non-iterable node.")

    /// An item is larger than any may be.
    static func tooLarge(_ what: String, at offset: Int) -> ItemTextFault {
        ItemTextFault("\(what) at byte \(offset) is larger than \(ScanBuffer.itemLimit) bytes.")
    }
}

/// The bytes that a scanner has and has not dealt with.
struct ScanBuffer: Sendable {
    /// The most bytes that an item may have.
    static let itemLimit = 8 << 20

    private(set) var bytes: [UInt8] = []
    /// The next byte to be looked at, by its place in `bytes`.
    var index = 0
    /// The place of `bytes` in the text.
    private var base: Int
    private(set) var isEnded = false

    init(at offset: Int) {
        base = offset
    }

    /// Where in the text the next byte is.
    var offset: Int { base + index }

    /// How many bytes are there to be looked at.
    var remaining: Int { bytes.count - index }

    mutating func feed(_ more: [UInt8]) {
        if index == bytes.count {
            base += index
            bytes = more
            index = 0
            return
        }
        base += index
        bytes.removeSubrange(..<index)
        index = 0
        bytes.append(contentsOf: more)
    }

    mutating func end() { isEnded = true }
}
