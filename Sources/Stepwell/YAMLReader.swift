import StepwellJSON
import StepwellLanguage
import Yams

/// Turns YAML nodes into JSON and notes where they are written.
struct YAMLReader {
    /// The values of placeholders.
    let substitutions: [String: String]
    /// Whether a number that JSON would write otherwise stays the text that is written.
    let keepsText: Bool
    /// What becomes of tags.
    let tags: YAMLTags
    /// The places of members and items by JSON pointer, as bytes.
    private(set) var marks: [[UInt8]: Mark] = [:]
    /// The nodes read so far, aliases counted as often as they are used.
    private var nodes = 0

    init(substitutions: [String: String], keepsText: Bool, tags: YAMLTags) {
        self.substitutions = substitutions
        self.keepsText = keepsText
        self.tags = tags
    }

    /// The most nodes of a definition: a small text with aliases can stand for a huge value.
    private static let nodeLimit = 1_000_000

    /// Reads a text.
    mutating func read(_ text: String) throws(YAMLDefinitionError) -> JSONValue {
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch {
            throw Self.failure(error)
        }
        guard let node else { return .null }
        return try value(of: node, at: [])
    }

    private mutating func value(
        of node: Node,
        at pointer: [UInt8]
    ) throws(YAMLDefinitionError) -> JSONValue {
        nodes += 1
        guard nodes <= Self.nodeLimit else {
            throw Self.failure("The text stands for more than \(Self.nodeLimit) values", node)
        }
        if marks[pointer] == nil { marks[pointer] = node.mark }
        if let function = tags.function(of: Self.writtenTag(of: node)) {
            return try call(of: function, node, at: pointer)
        }
        switch node {
        case .mapping(let mapping):
            return try object(mapping, at: pointer)
        case .sequence(let sequence):
            try checkTag(sequence.tag, of: node)
            var items: [JSONValue] = []
            for (index, item) in sequence.enumerated() {
                items.append(try value(of: item, at: pointer + Array("/\(index)".utf8)))
            }
            return .array(items)
        case .scalar(let scalar):
            try checkTag(scalar.tag, of: node)
            let text = Placeholder.fill(scalar.string, from: substitutions)
            return scalar.json(of: text, keepsText: keepsText)
        case .alias:
            throw Self.failure("An alias to a part that contains it has no value", node)
        }
    }

    /// The tag that a node is written with; asked for its tag, a node resolves one by its text.
    private static func writtenTag(of node: Node) -> String {
        switch node {
        case .mapping(let mapping): mapping.tag.description
        case .sequence(let sequence): sequence.tag.description
        case .scalar(let scalar): scalar.tag.description
        case .alias: ""
        }
    }

    /// A function in its long form; the text of a scalar is a text.
    private mutating func call(
        of function: String,
        _ node: Node,
        at pointer: [UInt8]
    ) throws(YAMLDefinitionError) -> JSONValue {
        let place = pointer + Array("/\(function)".utf8)
        let argument: JSONValue
        switch node {
        case .scalar(let scalar): argument = .string(scalar.string)
        case .sequence(let sequence):
            argument = try value(of: .sequence(Node.Sequence(Array(sequence))), at: place)
        case .mapping(let mapping):
            argument = try value(
                of: .mapping(Node.Mapping(mapping.map { ($0.key, $0.value) })),
                at: place
            )
        case .alias:
            throw Self.failure("An alias to a part that contains it has no value", node)
        }
        marks[place] = node.mark
        return .object(JSONObject([(function, argument)]))
    }

    private mutating func object(
        _ mapping: Node.Mapping,
        at pointer: [UInt8]
    ) throws(YAMLDefinitionError) -> JSONValue {
        try checkTag(mapping.tag, of: .mapping(mapping))
        var object = JSONObject()
        for (key, member) in mapping {
            guard case .scalar(let scalar) = key else {
                throw Self.failure("A key must be a scalar", key)
            }
            if scalar.style == .plain, scalar.string.utf8.elementsEqual("<<".utf8) {
                throw Self.failure("Merge keys (<<) are not supported", key)
            }
            let name = Placeholder.fill(scalar.string, from: substitutions)
            let place = pointer + [UInt8(ascii: "/")] + Self.escaped(name)
            marks[place] = key.mark
            object[name] = try value(of: member, at: place)
        }
        return .object(object)
    }

    /// Refuses the tags of templates (`!Sub`, `!Ref`), whose values are not known here.
    private func checkTag(_ tag: Tag, of node: Node) throws(YAMLDefinitionError) {
        let text = tag.description
        if text.isEmpty || text.utf8.elementsEqual("!".utf8) { return }
        if text.utf8.starts(with: "tag:yaml.org,2002:".utf8) { return }
        let problem = tags == .template ? "known" : "supported"
        throw Self.failure("The tag '\(text)' is not \(problem)", node)
    }

    private static func escaped(_ key: String) -> [UInt8] {
        key.utf8.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "~"): Array("~0".utf8)
            case UInt8(ascii: "/"): Array("~1".utf8)
            default: [byte]
            }
        }
    }

    private static func failure(_ reason: String, _ node: Node) -> YAMLDefinitionError {
        YAMLDefinitionError(
            reason: reason,
            line: node.mark?.line ?? 1,
            column: node.mark?.column ?? 1
        )
    }

    private static func failure(_ error: any Error) -> YAMLDefinitionError {
        switch error {
        case let error as YamlError: failure(error)
        default: YAMLDefinitionError(reason: "\(error)", line: 1, column: 1)
        }
    }

    private static func failure(_ error: YamlError) -> YAMLDefinitionError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            YAMLDefinitionError(reason: problem, line: mark.line, column: mark.column)
        case .duplicatedKeysInMapping(let duplicates, let context):
            YAMLDefinitionError(
                reason: "These keys are written twice: [\(duplicates.joined(separator: ", "))]",
                line: context.mark.line,
                column: context.mark.column
            )
        default: YAMLDefinitionError(reason: "\(error)", line: 1, column: 1)
        }
    }
}

extension Node.Scalar {
    /// The value by the core schema of YAML 1.2; a quoted or block scalar is a string.
    fileprivate func json(of string: String, keepsText: Bool) -> JSONValue {
        guard style == .plain || style == .any, !tag.description.utf8.elementsEqual(Self.text)
        else { return .string(string) }
        switch string {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default:
            return Self.number(string, keepsText: keepsText).map(JSONValue.number)
                ?? .string(string)
        }
    }

    private static let text = Array("tag:yaml.org,2002:str".utf8)

    /// A number as JSON writes it, or with a plus sign, leading zeros, a bare point, `0o` or `0x`.
    private static func number(_ string: String, keepsText: Bool) -> JSONNumber? {
        guard let first = string.utf8.first, "+-.0123456789".utf8.contains(first) else {
            return nil
        }
        if case .number(let number)? = try? JSONParser.parse(Array(string.utf8)) { return number }
        if keepsText { return nil }
        if string.utf8.starts(with: "0o".utf8) {
            return Int64(string.dropFirst(2), radix: 8).map { JSONNumber($0) }
        }
        if string.utf8.starts(with: "0x".utf8) {
            return Int64(string.dropFirst(2), radix: 16).map { JSONNumber($0) }
        }
        if let integer = Int64(string) { return JSONNumber(integer) }
        let isDecimal = string.utf8.allSatisfy { "+-.eE0123456789".utf8.contains($0) }
        return isDecimal ? Double(string).flatMap(JSONNumber.init(finite:)) : nil
    }
}
