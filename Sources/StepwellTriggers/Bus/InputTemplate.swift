import StepwellHistory
package import StepwellJSON

/// An input transformer: a template with variables that are paths into the event.
///
/// What comes out is JSON, by the rules of "Amazon EventBridge input transformation" (user guide):
/// within quotes a variable is text, of objects and arrays without their quotes; elsewhere it is a
/// JSON value, to which quotes are added where it is a string. A path that leads nowhere is an
/// empty text. Unlike EventBridge, what could not stand in a string as it is is escaped, so that
/// the outcome stays JSON.
package struct InputTemplate: Sendable, Hashable {
    /// A variable and where in the event it is.
    package struct Variable: Sendable, Hashable {
        package let name: String
        package let path: String

        package init(name: String, path: String) {
            self.name = name
            self.path = path
        }
    }

    package let text: String
    package let paths: [Variable]

    package init(text: String, paths: [Variable]) {
        self.text = text
        self.paths = paths
    }

    /// Variables that need no path.
    static let predefined: Set<String> = [
        "aws.events.rule-arn", "aws.events.rule-name", "aws.events.event.ingestion-time",
        "aws.events.event", "aws.events.event.json",
    ]

    /// What is wrong with the template of a target, in EventBridge's words; nil when nothing is.
    package func problem(of target: String) -> String? {
        for variable in paths {
            if Self.predefined.contains(variable.name) || variable.name.hasPrefix("AWS.") {
                return "InputPathsMap for target \(target) contains the reserved variable "
                    + "\(variable.name)."
            }
            if let problem = EventPath.problem(of: variable.path) {
                return "InputPathsMap for target \(target) contains an invalid path "
                    + "\(variable.path): \(problem)."
            }
        }
        for case .variable(let name, _) in pieces
        where !Self.predefined.contains(name)
            && !paths.contains(where: { $0.name.utf8.elementsEqual(name.utf8) })
        {
            return "InputTemplate for target \(target) contains invalid placeholder \(name)."
        }
        return nil
    }

    /// A part of the template.
    private enum Piece {
        case text([UInt8])
        case variable(String, isQuoted: Bool)
    }

    /// The parts of the template; `<` and `>` cannot be escaped.
    private var pieces: [Piece] {
        var pieces: [Piece] = []
        var pending: [UInt8] = []
        var isQuoted = false
        var isEscaped = false
        let bytes = Array(text.utf8)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "<"), let name = Self.name(in: bytes, from: index + 1) {
                if !pending.isEmpty { pieces.append(.text(pending)) }
                pending = []
                pieces.append(.variable(name, isQuoted: isQuoted))
                index += name.utf8.count + 2
                continue
            }
            if byte == UInt8(ascii: "\""), !isEscaped { isQuoted.toggle() }
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
            pending.append(byte)
            index += 1
        }
        if !pending.isEmpty { pieces.append(.text(pending)) }
        return pieces
    }

    private static func name(in bytes: [UInt8], from start: Int) -> String? {
        guard let end = bytes[start...].firstIndex(of: UInt8(ascii: ">")), end > start else {
            return nil
        }
        let name = bytes[start..<end]
        let isName = name.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
                || "_-.".utf8.contains(byte)
        }
        return isName ? String(decoding: name, as: UTF8.self) : nil
    }

    /// How many bytes a template may give: a value that it names a thousand times is a thousand
    /// times as long.
    static let limit = 1 << 20

    /// The template with the variables' values in it; empty when that is longer than may be.
    package func filled(from event: JSONObject, in occasion: TargetOccasion) -> [UInt8] {
        var output: [UInt8] = []
        for piece in pieces {
            guard output.count <= Self.limit else { return [] }
            switch piece {
            case .text(let bytes): output += bytes
            case .variable(let name, let isQuoted):
                let value = value(of: name, in: event, occasion) ?? .string("")
                output += isQuoted ? Self.text(of: value) : JSONWriter.write(value)
            }
        }
        return output.count <= Self.limit ? Self.asJSON(output) : []
    }

    private func value(
        of name: String,
        in event: JSONObject,
        _ occasion: TargetOccasion
    ) -> JSONValue? {
        switch name {
        case "aws.events.rule-arn": return .string(occasion.ruleARN)
        case "aws.events.rule-name": return .string(occasion.ruleName)
        case "aws.events.event.ingestion-time": return .string(occasion.ingestionTime)
        case "aws.events.event.json": return .object(event)
        case "aws.events.event":
            var event = event
            event["detail"] = nil
            return .object(event)
        default:
            let path = paths.first { $0.name.utf8.elementsEqual(name.utf8) }?.path
            return path.flatMap { EventPath.value(at: $0, in: event) }
        }
    }

    /// A value within a JSON string.
    private static func text(of value: JSONValue) -> [UInt8] {
        switch value {
        case .string: Array(JSONWriter.write(value).dropFirst().dropLast())
        case .null, .bool, .number: JSONWriter.write(value)
        case .array, .object: JSONWriter.write(value).filter { $0 != UInt8(ascii: "\"") }
        }
    }

    /// The text where it is JSON, else a JSON string of it: targets take nothing else.
    private static func asJSON(_ text: [UInt8]) -> [UInt8] {
        if (try? JSONParser.parse(text)) != nil { return text }
        return JSONWriter.write(.string(String(decoding: text, as: UTF8.self)))
    }
}
