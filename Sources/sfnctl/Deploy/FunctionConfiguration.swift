import StepwellJSON
import StepwellTemplates

/// The configuration file of the functions of a template.
enum FunctionConfiguration {
    /// Its text; texts are written as JSON has them, which is YAML too.
    static func text(_ functions: [PlannedFunction], from template: String) -> String {
        var lines = ["# The functions of \(Terminal.plain(template)); written by `sfnctl deploy`."]
        lines.append(functions.isEmpty ? "functions: {}" : "functions:")
        for function in functions {
            lines.append("  \(quoted(function.name)):")
            lines.append("    directory: \(quoted(function.directory))")
            lines.append("    handler: \(quoted(function.handler))")
            if let seconds = function.timeoutSeconds {
                lines.append("    timeoutSeconds: \(JSONNumber(seconds).text)")
            }
            if let memory = function.memoryMegabytes {
                lines.append("    memoryMegabytes: \(memory)")
            }
            if !function.environment.isEmpty {
                lines.append("    environment:")
                lines += function.environment.map {
                    "      \(quoted($0.name)): \(quoted($0.value))"
                }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func quoted(_ text: String) -> String {
        JSONWriter.string(.string(text))
    }
}
