import Foundation
import Stepwell
import StepwellIntegrations
import StepwellServer

extension ConfigurationFile {
    /// Reads and checks a file.
    ///
    /// - Throws: `SettingsProblems`; `CommandFailure` when it cannot be read or is no YAML.
    init(path: String) throws {
        let document = try SettingsDocument(path: path)
        try self.init(document, operations: Throttle.operations)
    }
}

extension SettingsDocument {
    /// Reads a file of YAML or JSON.
    ///
    /// - Throws: `SettingsProblems` with its place when it is no YAML; `CommandFailure` when it
    ///   cannot be read.
    init(path: String) throws {
        let input = try InputText(file: path)
        let definition: YAMLDefinition
        do throws(YAMLDefinitionError) {
            definition = try YAMLDefinition(
                parsing: String(decoding: input.bytes, as: UTF8.self),
                keepsText: true
            )
        } catch {
            throw SettingsProblems([
                SettingsProblem(
                    file: path,
                    line: error.line,
                    column: error.column,
                    message: "not YAML: \(error.reason)"
                )
            ])
        }
        self.init(
            name: path,
            directory: AbsolutePath(of: path).directory,
            value: definition.value,
            position: { definition.position(of: $0) }
        )
    }
}

/// A path as it is from anywhere.
struct AbsolutePath {
    let text: String

    /// The path, from the working directory on where it is relative.
    init(of path: String) {
        text = URL(fileURLWithPath: path).standardizedFileURL.path
    }

    /// The directory that it is in.
    var directory: String { URL(fileURLWithPath: text).deletingLastPathComponent().path }
}
