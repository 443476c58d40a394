import StepwellJSON
import StepwellLanguage
import Testing

/// AWS's verdict on every definition of the recorded cases.
@Suite("Recorded definitions", .enabled(if: SharedData.isPresent, "no conformance data"))
struct RecordedDefinitionTests {
    private static let accepted = RecordedDefinition.all.filter { !$0.isRefused }

    @Test("What AWS accepted has no error of the language", arguments: accepted)
    func cleared(recorded: RecordedDefinition) throws {
        let decoded = decode(recorded)
        let problems = decoded.languageProblems
        #expect(!problems.hasErrors, "\(problems.invalidDefinitionMessage)")
        // What is kept from running for another reason says so, and nothing else is kept.
        #expect((decoded.definition == nil) == decoded.problems.hasErrors)
        let isRunnable =
            !recorded.definition.mentions("JSONata") && !recorded.definition.mentions("DISTRIBUTED")
        #expect(decoded.definition != nil || !isRunnable)
    }

    @Test(
        "What AWS refused is refused in its words",
        arguments: RecordedDefinition.all.filter { $0.refusal != nil }
    )
    func refused(recorded: RecordedDefinition) throws {
        let decoded = decode(recorded)
        let message = decoded.refusal
        // The recordings hide the partition of an ARN.
        #expect(
            message.replacing("arn:aws:", with: "arn:<partition>:")
                == recorded.refusal?.replacing("arn:aws:", with: "arn:<partition>:")
        )
        #expect(decoded.definition == nil)
    }

    @Test(
        "What AWS refused in words not recorded is refused for a reason of its own",
        arguments: RecordedDefinition.all.filter { $0.isRefused && $0.refusal == nil }
    )
    func refusedSomehow(recorded: RecordedDefinition) throws {
        #expect(decode(recorded).languageProblems.hasErrors)
    }

    @Test("There are recordings of every kind")
    func present() {
        #expect(Self.accepted.count > 700)
        #expect(Self.accepted.count { $0.definition.mentions("JSONata") } > 70)
        #expect(Self.accepted.count { $0.definition.mentions("DISTRIBUTED") } > 20)
        #expect(RecordedDefinition.all.count { $0.refusal != nil } >= 11)
    }

    private func decode(_ recorded: RecordedDefinition) -> DecodedDefinition {
        DefinitionDecoder(machineType: recorded.type == "EXPRESS" ? .express : .standard)
            .decode(recorded.text)
    }
}
