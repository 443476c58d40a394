/// The shapes of a service that is built in, as they are read from their lines.
struct BuiltInShapes {
    let groups: [String: String]
    let namespace: String?
    private(set) var shapes: [String: Shape] = [
        "string": .string, "int": .integer, "bool": .boolean, "time": .timestamp, "blob": .blob,
        "{}": .map(key: Self.use("string"), value: Self.use("string")),
    ]

    init(groups: [String: String], namespace: String?) {
        self.groups = groups
        self.namespace = namespace
    }

    /// The use of a shape without more to it.
    static func use(_ shape: String) -> MemberShape {
        MemberShape(name: "", shape: shape, traits: ShapeTraits())
    }

    /// Adds the structure, list or map that a line describes.
    mutating func add(_ line: String) {
        let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return }
        var words: [String] = []
        for word in parts[1].split(separator: " ").map(String.init) {
            if let group = groups[word] {
                words += group.split(separator: " ").map(String.init)
            } else {
                words.append(word)
            }
        }
        if words.first == "map", words.count == 3 {
            shapes[parts[0]] = .map(key: member(words[1]), value: member(words[2]))
            return
        }
        let members = words.map { member($0) }
        let payload = words.firstIndex { $0.contains("!") }.map { members[$0].name }
        shapes[parts[0]] = .structure(StructureShape(members: members, payload: payload))
    }

    private mutating func member(_ word: String) -> MemberShape {
        var traits = ShapeTraits()
        var rest = word.filter { $0 != "!" && $0 != "^" }
        if word.contains("^"), let namespace {
            traits.xmlNamespace = ShapeTraits.XMLNamespace(uri: namespace, prefix: nil)
        }
        if let tilde = rest.firstIndex(of: "~") {
            traits.locationName = String(rest[rest.index(after: tilde)...])
            rest = String(rest[..<tilde])
        }
        if let at = rest.firstIndex(of: "@") {
            let place = rest[rest.index(after: at)...].split(separator: "=").map(String.init)
            traits.location = ShapeTraits.Location(rawValue: place[0])
            if place.count > 1 { traits.locationName = place[1] }
            rest = String(rest[..<at])
        }
        let parts = rest.split(separator: ":", maxSplits: 1).map(String.init)
        let typed = (parts.count > 1 ? parts[1] : "string").split(separator: "/").map(String.init)
        var type = typed[0]
        if typed.count > 1 {
            traits.timestampFormat = ShapeTraits.TimestampFormat(rawValue: typed[1])
        }
        if type.hasSuffix("*") {
            traits.isFlattened = true
            type.removeLast()
        }
        if type.hasPrefix("[") {
            let element = String(type.dropFirst().dropLast())
            shapes[type] = .list(Self.use(element))
        }
        return MemberShape(name: parts[0], shape: type, traits: traits)
    }
}
