import StepwellJSON
import StepwellLanguage
import Testing

/// AWS's verdict on every definition of the recorded cases.
@Suite("Recorded definitions", .enabled(if: SharedData.isPresent, "no conformance data"))
struct RecordedDefinitionTests {
    private static let jsonPath = RecordedDefinition.all.filter {
        !$0.definition.mentions("JSONata") && !$0.definition.mentions("DISTRIBUTED")
    }

    @Test("What AWS accepted has no error", arguments: jsonPath.filter { $0.refusal == nil })
    func accepted(recorded: RecordedDefinition) throws {
        let decoded = decode(recorded)
        #expect(!decoded.problems.hasErrors, "\(decoded.problems.invalidDefinitionMessage)")
        #expect(decoded.definition != nil)
    }

    @Test(
        "What AWS refused is refused in its words",
        arguments: jsonPath.filter { $0.refusal != nil }
    )
    func refused(recorded: RecordedDefinition) throws {
        let decoded = decode(recorded)
        #expect(decoded.problems.invalidDefinitionMessage == recorded.refusal)
        #expect(decoded.definition == nil)
    }

    private func decode(_ recorded: RecordedDefinition) -> DecodedDefinition {
        DefinitionDecoder(machineType: recorded.type == "EXPRESS" ? .express : .standard)
            .decode(recorded.text)
    }
}
