/// Reads the XML that services answer: elements, attributes, texts; nothing that is declared.
struct XMLReader {
    /// What is no XML, or more of it than is read.
    struct Fault: Error {}

    private let bytes: [UInt8]
    private var place = 0

    /// How deep elements may be within one another.
    private static let deepest = 100

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The root of a document.
    static func read(_ bytes: [UInt8]) throws(Fault) -> XMLNode {
        var reader = XMLReader(bytes)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.place = 3 }
        try reader.skipBetween()
        let root = try reader.element(depth: 0)
        try reader.skipBetween()
        guard reader.place == bytes.count else { throw Fault() }
        return root
    }

    private mutating func element(depth: Int) throws(Fault) -> XMLNode {
        guard depth < Self.deepest, take("<") else { throw Fault() }
        let full = try name()
        var node = XMLNode(name: Self.local(full))
        while true {
            skipSpace()
            if take("/>") { return node }
            if take(">") { break }
            let attribute = try name()
            skipSpace()
            guard take("=") else { throw Fault() }
            skipSpace()
            node.attributes.append((attribute, try quoted()))
        }
        while true {
            guard place < bytes.count else { throw Fault() }
            if take("</") {
                guard try name() == full else { throw Fault() }
                skipSpace()
                guard take(">") else { throw Fault() }
                return node
            }
            if take("<!--") {
                try skip(past: "-->")
            } else if take("<![CDATA[") {
                let start = place
                try skip(past: "]]>")
                node.text.append(contentsOf: bytes[start..<place - 3])
            } else if take("<?") {
                try skip(past: "?>")
            } else if bytes[place] == UInt8(ascii: "<") {
                node.children.append(try element(depth: depth + 1))
            } else if bytes[place] == UInt8(ascii: "&") {
                node.text.append(contentsOf: try reference())
            } else {
                node.text.append(bytes[place])
                place += 1
            }
        }
    }

    private mutating func skipBetween() throws(Fault) {
        while true {
            skipSpace()
            if take("<?") {
                try skip(past: "?>")
            } else if take("<!--") {
                try skip(past: "-->")
            } else {
                return
            }
        }
    }

    private mutating func name() throws(Fault) -> String {
        let start = place
        while place < bytes.count, !Self.endsName(bytes[place]) { place += 1 }
        guard place > start else { throw Fault() }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private static func endsName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, UInt8(ascii: "/"), UInt8(ascii: ">"), UInt8(ascii: "="),
            UInt8(ascii: "<"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "!"):
            true
        default: false
        }
    }

    private static func local(_ name: String) -> String {
        name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
    }

    private mutating func quoted() throws(Fault) -> String {
        guard place < bytes.count else { throw Fault() }
        let quote = bytes[place]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { throw Fault() }
        place += 1
        var value: [UInt8] = []
        while place < bytes.count, bytes[place] != quote {
            if bytes[place] == UInt8(ascii: "&") {
                value.append(contentsOf: try reference())
            } else {
                value.append(bytes[place])
                place += 1
            }
        }
        guard place < bytes.count else { throw Fault() }
        place += 1
        return String(decoding: value, as: UTF8.self)
    }

    /// What a reference such as `&amp;` or `&#x41;` stands for.
    private mutating func reference() throws(Fault) -> [UInt8] {
        let rest = bytes[place...].prefix(12)
        guard let end = rest.firstIndex(of: UInt8(ascii: ";")) else { throw Fault() }
        let name = String(decoding: bytes[place + 1..<end], as: UTF8.self)
        place = end + 1
        switch name {
        case "lt": return [UInt8(ascii: "<")]
        case "gt": return [UInt8(ascii: ">")]
        case "amp": return [UInt8(ascii: "&")]
        case "quot": return [UInt8(ascii: "\"")]
        case "apos": return [UInt8(ascii: "'")]
        default: break
        }
        guard name.utf8.first == UInt8(ascii: "#") else { throw Fault() }
        let digits = name.dropFirst()
        let isHexadecimal = digits.utf8.first == UInt8(ascii: "x")
        let number = UInt32(digits.dropFirst(isHexadecimal ? 1 : 0), radix: isHexadecimal ? 16 : 10)
        guard let number, let scalar = Unicode.Scalar(number) else { throw Fault() }
        return Array(String(Character(scalar)).utf8)
    }

    private mutating func take(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard place + count <= bytes.count else { return false }
        let isThere = text.withUTF8Buffer { bytes[place..<place + count].elementsEqual($0) }
        if isThere { place += count }
        return isThere
    }

    private mutating func skip(past text: StaticString) throws(Fault) {
        while !take(text) {
            guard place < bytes.count else { throw Fault() }
            place += 1
        }
    }

    private mutating func skipSpace() {
        while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
    }
}
