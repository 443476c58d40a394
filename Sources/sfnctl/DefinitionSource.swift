import Stepwell
import StepwellJSON
import StepwellLanguage

/// A definition as a command was given it: JSON, or YAML in a file named `.yaml` or `.yml`.
struct DefinitionSource {
    /// The file, as it was named, for messages.
    let path: String
    /// The definition's JSON text.
    let json: [UInt8]
    /// The names of `${NAME}` in the text as it was given.
    let placeholders: [String]
    private let origin: Origin
    private let substitutions: [String: String]

    private enum Origin {
        case json(TemplateText)
        case yaml(YAMLDefinition)
    }

    /// Reads a file, or JSON on standard input for `-`.
    ///
    /// - Throws: `CommandFailure` when it cannot be read or is no YAML.
    init(path: String, substitutions: Substitutions) throws {
        self.substitutions = substitutions.values
        let input = try InputText(file: path)
        self.path = path == "-" ? input.name : path
        placeholders = Placeholder.names(in: String(decoding: input.bytes, as: UTF8.self))
        guard path.hasSuffix(".yaml") || path.hasSuffix(".yml") else {
            let text = TemplateText(input.bytes, substitutions: substitutions.values)
            json = text.json
            origin = .json(text)
            return
        }
        do {
            let definition = try YAMLDefinition(
                parsing: String(decoding: input.bytes, as: UTF8.self),
                substitutions: substitutions.values
            )
            json = definition.json
            origin = .yaml(definition)
        } catch {
            let place = "\(path):\(error.line):\(error.column)"
            throw CommandFailure(.badInput, "\(place): not YAML: \(error.reason)")
        }
    }

    /// The definition's JSON text with the substitutions made.
    ///
    /// - Throws: `JSONParseError` when it is no JSON.
    func filled() throws(JSONParseError) -> [UInt8] {
        try DefinitionDecoder.filled(json, from: substitutions)
    }

    /// Checks the definition; the problems are placed in the text that was given.
    ///
    /// `hindrances` are what stands in the way of resources: warned about where they are used.
    func decode(hindrances: [String: String] = [:]) -> DecodedDefinition {
        let decoder = DefinitionDecoder(substitutions: substitutions, hindrances: hindrances)
        let decoded = decoder.decode(json)
        return decoded.placed {
            switch origin {
            case .json(let text): text.position(line: $0.line, column: $0.column)
            case .yaml(let definition): definition.position(of: $0.pointer)
            }
        }
    }
}

extension DefinitionProblem {
    /// `file:line:column: problem at location (hint)`.
    func line(in file: String) -> String {
        let place = location.map { " at \($0)" } ?? ""
        let advice = hint.map { " (\($0))" } ?? ""
        let mark = severity == .warning ? "warning: " : ""
        return "\(file):\(line):\(column): \(mark)\(message)\(place)\(advice)"
    }
}
