import StepwellJSON

/// Finds places in a text that is known to be JSON: where a value is written, and which keys are
/// written twice.
struct SourceScanner {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The line and column (both from 1) of what `path` leads to.
    ///
    /// It is the key of a member or the first byte of an item; where the path ends early, the last
    /// place that is there.
    mutating func position(of path: DefinitionPath) -> (line: Int, column: Int) {
        place = 0
        skipSpace()
        var found = place
        for step in path.steps {
            guard let next = follow(step) else { break }
            found = next
        }
        return position(at: found)
    }

    /// The line and column (both from 1) of a byte; columns count characters (Unicode scalars).
    func position(at offset: Int) -> (line: Int, column: Int) {
        var line = 1
        var column = 1
        for byte in bytes.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return (line, column)
    }

    /// Goes to the value of a member or to an item; the place of its key or of itself.
    private mutating func follow(_ step: DefinitionPath.Step) -> Int? {
        switch step {
        case .member(let name): followMember(name)
        case .item(let index): followItem(index)
        }
    }

    /// Of equal keys the last counts, as it does for the parser.
    private mutating func followMember(_ name: String) -> Int? {
        guard peek == UInt8(ascii: "{") else { return nil }
        var found: (key: Int, value: Int)?
        eachMember { key, written, scanner in
            if written.utf8.elementsEqual(name.utf8) { found = (key, scanner.place) }
            scanner.skipValue()
        }
        guard let found else { return nil }
        place = found.value
        return found.key
    }

    private mutating func followItem(_ index: Int) -> Int? {
        guard peek == UInt8(ascii: "[") else { return nil }
        var found: Int?
        eachItem { item, scanner in
            if item == index { found = scanner.place }
            scanner.skipValue()
        }
        guard let found else { return nil }
        place = found
        return found
    }

    /// Every key that its object has already, with the place of the repetition.
    mutating func duplicateKeys() -> [(path: DefinitionPath, offset: Int)] {
        place = 0
        skipSpace()
        var found: [(path: DefinitionPath, offset: Int)] = []
        collectDuplicates(at: DefinitionPath(), into: &found)
        return found
    }

    private mutating func collectDuplicates(
        at path: DefinitionPath,
        into found: inout [(path: DefinitionPath, offset: Int)]
    ) {
        switch peek {
        case UInt8(ascii: "{"):
            var seen = Set<[UInt8]>()
            eachMember { key, name, scanner in
                if !seen.insert(Array(name.utf8)).inserted {
                    found.append((path.member(name), key))
                }
                scanner.collectDuplicates(at: path.member(name), into: &found)
            }
        case UInt8(ascii: "["):
            eachItem { index, scanner in
                scanner.collectDuplicates(at: path.item(index), into: &found)
            }
        default: skipValue()
        }
    }

    /// Visits the members of the object at hand; `body` has to pass over the value.
    private mutating func eachMember(_ body: (Int, String, inout SourceScanner) -> Void) {
        place += 1
        skipSpace()
        while let byte = peek, byte != UInt8(ascii: "}") {
            let key = place
            skipString()
            let name = text(of: key..<place)
            skipSpace()
            place += 1
            skipSpace()
            body(key, name, &self)
            skipSpace()
            if peek == UInt8(ascii: ",") { place += 1 }
            skipSpace()
        }
        place += 1
    }

    /// Visits the items of the array at hand; `body` has to pass over the item.
    private mutating func eachItem(_ body: (Int, inout SourceScanner) -> Void) {
        place += 1
        skipSpace()
        var index = 0
        while let byte = peek, byte != UInt8(ascii: "]") {
            body(index, &self)
            index += 1
            skipSpace()
            if peek == UInt8(ascii: ",") { place += 1 }
            skipSpace()
        }
        place += 1
    }

    private func text(of range: Range<Int>) -> String {
        let quoted = Array(bytes[range])
        return (try? JSONParser.parse(quoted))?.string ?? ""
    }

    private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || (0x09...0x0D).contains(byte) {
            place += 1
        }
    }

    private mutating func skipString() {
        place += 1
        while let byte = peek, byte != UInt8(ascii: "\"") {
            place += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        place += 1
    }

    /// Passes over a value of any depth without recursion.
    private mutating func skipValue() {
        var depth = 0
        repeat {
            skipSpace()
            guard let byte = peek else { return }
            switch byte {
            case UInt8(ascii: "\""): skipString()
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                place += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                place += 1
            case UInt8(ascii: ","), UInt8(ascii: ":"): place += 1
            default: skipScalar()
            }
        } while depth > 0
    }

    private mutating func skipScalar() {
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "E"):
                place += 1
            default: return
            }
        }
    }
}
