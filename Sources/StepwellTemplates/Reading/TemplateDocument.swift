import Stepwell
package import StepwellIntegrations
package import StepwellJSON

/// A template's text: its value with YAML's short tags in their long form, and where everything is
/// written.
package struct TemplateDocument: Sendable {
    /// The file, as it was named.
    package let file: String
    /// The directory that local code and definitions are named from.
    package let directory: String
    package let value: JSONValue
    private let text: YAMLDefinition

    /// Reads YAML or JSON, which is YAML too.
    ///
    /// - Throws: `SettingsProblems` with the place of what is no YAML.
    package init(
        file: String,
        directory: String,
        parsing text: String
    ) throws(SettingsProblems) {
        self.file = file
        self.directory = directory
        do throws(YAMLDefinitionError) {
            self.text = try YAMLDefinition(parsing: text, keepsText: true, tags: .template)
        } catch {
            throw SettingsProblems([
                SettingsProblem(
                    file: file,
                    line: error.line,
                    column: error.column,
                    message: "not YAML: \(error.reason)"
                )
            ])
        }
        value = self.text.value
    }

    /// Line and column, from 1, of what a pointer leads to.
    package func position(of pointer: JSONPointer) -> (line: Int, column: Int) {
        text.position(of: pointer.description)
    }

    /// A problem of what a pointer leads to.
    func problem(_ message: String, at pointer: JSONPointer) -> SettingsProblem {
        let (line, column) = position(of: pointer)
        return SettingsProblem(file: file, line: line, column: column, message: message)
    }
}
