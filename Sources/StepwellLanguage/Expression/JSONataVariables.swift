/// Finds the variables of `Assign` that a JSONata expression reads, from its tokens alone.
///
/// What the expression binds itself (`$x := …`, parameters, `@$x`, `#$x`), what it calls and the
/// names of built-in functions are left out, wherever in the expression they stand; a name that is
/// bound in one place and free in another is therefore missed, never invented.
struct JSONataVariables {
    private let bytes: [UInt8]
    private var place = 0
    private var bound: Set<[UInt8]> = []
    private var read: [[UInt8]] = []

    /// The names, without `$`, each once, in the order of the text.
    static func read(by expression: String) -> [String] {
        var scanner = JSONataVariables(bytes: Array(expression.utf8))
        scanner.scan()
        var seen = scanner.bound.union(Self.builtIn.map { Array($0.utf8) })
        return scanner.read.compactMap { name in
            seen.insert(name).inserted ? String(decoding: name, as: UTF8.self) : nil
        }
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func scan() {
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): skipQuoted()
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): skipComment()
            case UInt8(ascii: "$"): variable()
            case let byte where Self.isName(byte): skipWord()
            default: place += 1
            }
        }
    }

    /// A variable; after `function(` and `λ(` it is a parameter.
    private mutating func variable() {
        let isFocus =
            place > 0 && [UInt8(ascii: "@"), UInt8(ascii: "#")].contains(bytes[place - 1])
        place += 1
        let name = takeName()
        guard let first = name.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
        else { return }
        var next = place
        while next < bytes.count, Self.isSpace(bytes[next]) { next += 1 }
        let isAssigned = next + 1 < bytes.count && bytes[next...(next + 1)].elementsEqual(":=".utf8)
        if isFocus || isAssigned {
            bound.insert(name)
        } else if next >= bytes.count || bytes[next] != UInt8(ascii: "(") {
            read.append(name)
        }
    }

    /// A word; the parameters of a function are bound.
    private mutating func skipWord() {
        let word = takeName()
        guard word.elementsEqual("function".utf8) || word.elementsEqual("λ".utf8) else { return }
        while place < bytes.count, Self.isSpace(bytes[place]) { place += 1 }
        guard place < bytes.count, bytes[place] == UInt8(ascii: "(") else { return }
        while place < bytes.count, bytes[place] != UInt8(ascii: ")") {
            guard bytes[place] == UInt8(ascii: "$") else {
                place += 1
                continue
            }
            place += 1
            bound.insert(takeName())
        }
    }

    private mutating func takeName() -> [UInt8] {
        let start = place
        while place < bytes.count, Self.isName(bytes[place]) { place += 1 }
        return Array(bytes[start..<place])
    }

    private mutating func skipQuoted() {
        let quote = bytes[place]
        place += 1
        while place < bytes.count, bytes[place] != quote {
            place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
        }
        place += 1
    }

    private mutating func skipComment() {
        place += 2
        while place < bytes.count,
            !(bytes[place] == UInt8(ascii: "*") && peek(1) == UInt8(ascii: "/"))
        {
            place += 1
        }
        place += 2
    }

    private func peek(_ distance: Int) -> UInt8? {
        place + distance < bytes.count ? bytes[place + distance] : nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    private static func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }

    /// The names that need no `Assign`: JSONata's functions, those that Step Functions adds, and
    /// `$states`.
    private static let builtIn = [
        "states",
        // Added by Step Functions (developer guide, "Transforming data with JSONata").
        "partition", "range", "hash", "random", "uuid", "parse",
        // JSONata's documentation, "Built-in functions".
        "string", "length", "substring", "substringBefore", "substringAfter", "uppercase",
        "lowercase", "trim", "pad", "contains", "split", "join", "match", "replace", "eval",
        "base64encode", "base64decode", "encodeUrlComponent", "encodeUrl", "decodeUrlComponent",
        "decodeUrl", "number", "abs", "floor", "ceil", "round", "power", "sqrt", "formatNumber",
        "formatBase", "formatInteger", "parseInteger", "sum", "max", "min", "average", "boolean",
        "not", "exists", "count", "append", "sort", "reverse", "shuffle", "distinct", "zip",
        "keys", "lookup", "spread", "merge", "sift", "each", "error", "assert", "type", "now",
        "millis", "fromMillis", "toMillis", "map", "filter", "single", "reduce",
    ]
}
