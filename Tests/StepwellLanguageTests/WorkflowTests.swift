import StepwellJSON
import StepwellLanguage
import Testing

/// Workflows that AWS publishes as samples, with the placeholders of their templates left in.
@Suite("Sample workflows", .enabled(if: SharedData.isPresent, "no conformance data"))
struct WorkflowTests {
    @Test("Each is of the language", arguments: files)
    func clean(file: String) throws {
        let decoded = DefinitionDecoder().decode(try SharedData.bytes(file))
        let problems = decoded.languageProblems
        for problem in problems where problem.code != .placeholder {
            Issue.record("\(problem.severity) \(problem.invalidDefinitionText)")
        }
        // Nothing but placeholders keeps a published workflow from running as it is.
        for error in decoded.problems where error.severity == .error {
            Issue.record("\(error.invalidDefinitionText)")
        }
    }

    private static let files = SharedData.files("workflows", suffix: ".json")
}
