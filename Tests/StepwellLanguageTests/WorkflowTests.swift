import StepwellJSON
import StepwellLanguage
import Testing

/// Workflows that AWS publishes as samples, with the placeholders of their templates left in.
@Suite("Sample workflows", .enabled(if: SharedData.isPresent, "no conformance data"))
struct WorkflowTests {
    /// What keeps a published workflow from running as it is; nothing may be wrong with it.
    private static let unbuilt = [
        "The field 'ItemReader' is not supported yet",
        "The field 'ItemBatcher' is not supported yet",
        "The field 'ResultWriter' is not supported yet",
    ]

    @Test("Each is of the language", arguments: files)
    func clean(file: String) throws {
        let decoded = DefinitionDecoder().decode(try SharedData.bytes(file))
        let problems = decoded.languageProblems
        for problem in problems where problem.code != .placeholder {
            Issue.record("\(problem.severity) \(problem.invalidDefinitionText)")
        }
        for error in decoded.problems where error.severity == .error {
            #expect(Self.unbuilt.contains(error.message), "\(error.invalidDefinitionText)")
        }
    }

    private static let files = SharedData.files("workflows", suffix: ".json")
}
