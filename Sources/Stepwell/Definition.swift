import Foundation
public import StepwellJSON

/// Where a state machine's definition comes from.
public struct Definition: Sendable {
    private enum Source: Sendable {
        case file(String)
        case json(String)
        case value(JSONValue)
    }

    private let source: Source

    /// A file that holds the definition, as JSON or (`.yaml`, `.yml`) as YAML.
    public static func file(_ path: String) -> Definition {
        Definition(source: .file(path))
    }

    /// The definition's JSON text.
    public static func json(_ text: String) -> Definition {
        Definition(source: .json(text))
    }

    /// The definition as a JSON value.
    public static func value(_ value: JSONValue) -> Definition {
        Definition(source: .value(value))
    }

    /// The definition's JSON text; read on the pool, as files may be slow.
    @concurrent
    func loaded() async throws -> String { try text() }

    /// The definition's JSON text, read from wherever it is.
    ///
    /// - Throws: What reading the file throws; `InvalidDefinition` for YAML that is none.
    package func text() throws -> String {
        switch source {
        case .json(let text): return text
        case .value(let value): return String(decoding: JSONWriter.write(value), as: UTF8.self)
        case .file(let path):
            let text = try String(contentsOfFile: path, encoding: .utf8)
            guard path.hasSuffix(".yaml") || path.hasSuffix(".yml") else { return text }
            do {
                return String(decoding: try YAMLDefinition(parsing: text).json, as: UTF8.self)
            } catch {
                throw StepwellError(
                    code: .invalidDefinition,
                    message: "Invalid State Machine Definition: '\(path): \(error)'"
                )
            }
        }
    }
}
