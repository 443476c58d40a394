import StepwellJSON
import StepwellLanguage
import Testing

/// AWS's verdict on every definition of the recorded cases.
@Suite("Recorded definitions", .enabled(if: SharedData.isPresent, "no conformance data"))
struct RecordedDefinitionTests {
    private static let jsonPath = RecordedDefinition.all.filter {
        !$0.definition.mentions("JSONata") && !$0.definition.mentions("DISTRIBUTED")
    }

    @Test("What AWS accepted has no error", arguments: jsonPath.filter { !$0.isRefused })
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
        let message = decoded.problems.invalidDefinitionMessage
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
        let problems = decode(recorded).problems.filter {
            $0.severity == .error && !WorkflowTests.unbuilt.contains($0.message)
        }
        #expect(!problems.isEmpty)
    }

    private static let unbuilt = RecordedDefinition.all.filter {
        !$0.isRefused
            && ($0.definition.mentions("JSONata") || $0.definition.mentions("DISTRIBUTED"))
    }

    @Test("Of what AWS accepted only what is not built is refused, by name", arguments: unbuilt)
    func refusedByName(recorded: RecordedDefinition) throws {
        let problems = decode(recorded).problems.filter { $0.severity == .error }
        for problem in problems {
            #expect(
                WorkflowTests.unbuilt.contains(problem.message),
                "\(problem.invalidDefinitionText)"
            )
        }
        #expect(problems.count { $0.message == WorkflowTests.unbuilt[0] } <= 1)
    }

    @Test("There are recordings of every kind")
    func present() {
        #expect(Self.jsonPath.count { !$0.isRefused } > 500)
        #expect(Self.jsonPath.count { $0.refusal != nil } >= 9)
        #expect(!Self.unbuilt.isEmpty)
    }

    private func decode(_ recorded: RecordedDefinition) -> DecodedDefinition {
        DefinitionDecoder(machineType: recorded.type == "EXPRESS" ? .express : .standard)
            .decode(recorded.text)
    }
}
