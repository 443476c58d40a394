import StepwellJSON

/// Finds places in a text that is known to be JSON: where a value is written, and which keys are
/// written twice.
struct SourceScanner {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The lines and columns (both from 1) of what `paths` lead to, in one pass over the text.
    ///
    /// A place is the key of a member or the first byte of an item; where a path ends early, the
    /// last place that is there. Columns count characters (Unicode scalars).
    mutating func positions(of paths: [DefinitionPath]) -> [(line: Int, column: Int)] {
        place = 0
        skipSpace()
        var offsets = Array(repeating: place, count: paths.count)
        locate(Array(paths.indices), of: paths, depth: 0, into: &offsets)
        return positions(at: offsets)
    }

    /// Visits the value at hand, to which the first `depth` steps of the `wanted` paths lead.
    private mutating func locate(
        _ wanted: [Int],
        of paths: [DefinitionPath],
        depth: Int,
        into offsets: inout [Int]
    ) {
        var members: [[UInt8]: [Int]] = [:]
        var items: [Int: [Int]] = [:]
        for index in wanted where paths[index].steps.count > depth {
            switch paths[index].steps[depth] {
            case .member(let name): members[Array(name.utf8), default: []].append(index)
            case .item(let item): items[item, default: []].append(index)
            }
        }
        if peek == UInt8(ascii: "{"), !members.isEmpty {
            // Of equal keys the last counts, as it does for the parser.
            eachMember { key, name, scanner in
                scanner.arrive(members[Array(name.utf8)], key, paths, depth, &offsets)
            }
        } else if peek == UInt8(ascii: "["), !items.isEmpty {
            eachItem { item, scanner in
                scanner.arrive(items[item], scanner.place, paths, depth, &offsets)
            }
        } else {
            skipValue()
        }
    }

    private mutating func arrive(
        _ wanted: [Int]?,
        _ offset: Int,
        _ paths: [DefinitionPath],
        _ depth: Int,
        _ offsets: inout [Int]
    ) {
        guard let wanted else { return skipValue() }
        for index in wanted {
            offsets[index] = offset
        }
        locate(wanted, of: paths, depth: depth + 1, into: &offsets)
    }

    /// The lines and columns of some bytes.
    func positions(at offsets: [Int]) -> [(line: Int, column: Int)] {
        var positions = Array(repeating: (line: 1, column: 1), count: offsets.count)
        let order = offsets.indices.sorted { (offsets[$0], $0) < (offsets[$1], $1) }
        var line = 1
        var column = 1
        var read = 0
        for index in order {
            while read < offsets[index] {
                if bytes[read] == UInt8(ascii: "\n") {
                    line += 1
                    column = 1
                } else if bytes[read] & 0xC0 != 0x80 {
                    column += 1
                }
                read += 1
            }
            positions[index] = (line, column)
        }
        return positions
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
