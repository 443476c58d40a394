import StepwellJSON
import StepwellLanguage
import Testing

/// Workflows that AWS publishes as samples, with the placeholders of their templates left in.
@Suite("Sample workflows", .enabled(if: SharedData.isPresent, "no conformance data"))
struct WorkflowTests {
    /// What Stepwell has not built yet; nothing else may be wrong with a published workflow.
    static let unbuilt = [
        "QueryLanguage JSONata is not supported yet",
        "Map states in DISTRIBUTED mode are not supported yet",
    ]

    @Test("Each is clean, but for what is not built", arguments: files)
    func clean(file: String) throws {
        let decoded = DefinitionDecoder().decode(try SharedData.bytes(file))
        let errors = decoded.problems.filter { $0.severity == .error }
        for error in errors {
            #expect(Self.unbuilt.contains(error.message), "\(error.invalidDefinitionText)")
        }
        #expect((decoded.definition == nil) == !errors.isEmpty)
    }

    @Test("Most run as they are")
    func enough() throws {
        let clean = try Self.files.count {
            DefinitionDecoder().decode(try SharedData.bytes($0)).definition != nil
        }
        #expect(clean >= 80)
    }

    private static let files = SharedData.files("workflows", suffix: ".json")
}
