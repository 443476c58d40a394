import StepwellHistory
import StepwellJSON

/// One thing's members for people: a label and a value a line, documents below.
struct Description {
    /// Members whose text is a JSON document of its own.
    private static let documents = [
        "definition", "input", "output", "result", "afterInputPath", "afterParameters",
        "afterArguments", "afterResultSelector", "afterResultPath", "afterItemsPath",
        "afterItemSelector", "afterItemBatcher", "variables", "mapItemReaderData",
    ]

    private let members: JSONObject

    init(_ members: JSONObject) {
        self.members = members
    }

    /// Prints it, or the members as they are as one JSON document.
    func show(json: Bool) {
        guard !json else { return Terminal.line(JSONWriter.string(.object(members))) }
        for line in Self.lines(of: members, indent: 0) { Terminal.line(line) }
    }

    private static func lines(of members: JSONObject, indent: Int) -> [String] {
        let space = String(repeating: " ", count: indent)
        let labels = members.map { label($0.key) }
        let width = labels.map(\.count).max() ?? 0
        var lines: [String] = []
        var below: [String] = []
        for (label, member) in zip(labels, members) {
            switch member.value {
            case .object(let nested):
                lines.append("\(space)\(label)")
                lines += Self.lines(of: nested, indent: indent + 2)
            case .array(let elements) where !elements.isEmpty:
                lines.append("\(space)\(label)")
                lines += elements.map { "\(space)  \(Terminal.plain(JSONWriter.string($0)))" }
            case .string(let text) where documents.contains(member.key):
                below.append("\(space)\(label)")
                below += pretty(text).map { "\(space)  \($0)" }
            default:
                let padding = String(repeating: " ", count: width - label.count)
                let text = Self.text(of: member.value, key: member.key)
                lines.append("\(space)\(label)\(padding)  \(text)")
            }
        }
        return lines + below
    }

    private static func text(of value: JSONValue, key: String) -> String {
        let isTime = key.hasSuffix("Date") || key == "timestamp"
        if isTime, let time = Timestamp(epochSeconds: value) { return time.rfc3339 }
        let text = Terminal.plain(value.stringValue ?? JSONWriter.string(value))
        guard key.hasSuffix("tatus") else { return text }
        return Terminal.coloured(text, Terminal.colour(ofStatus: text), on: .output)
    }

    private static func pretty(_ text: String) -> [String] {
        guard let value = try? JSONParser.parse(text) else { return [Terminal.plain(text)] }
        return String(decoding: JSONWriter.writePretty(value), as: UTF8.self)
            .split(separator: "\n").map { Terminal.plain(String($0)) }
    }

    /// A member's name in words: `stateMachineArn` is `State machine ARN`.
    private static func label(_ key: String) -> String {
        var words: [String] = [""]
        for scalar in key.unicodeScalars {
            if scalar.properties.isUppercase { words.append("") }
            words[words.count - 1].unicodeScalars.append(scalar)
        }
        let known = ["Arn": "ARN", "Id": "ID"]
        let rest = words.dropFirst().map { known[$0] ?? $0.lowercased() }
        return ([words[0].prefix(1).uppercased() + words[0].dropFirst()] + rest)
            .joined(separator: " ")
    }
}
