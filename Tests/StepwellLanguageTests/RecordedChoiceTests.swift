import StepwellJSON
import StepwellJSONPath
import StepwellLanguage
import Testing

/// Which way AWS went in every recorded execution of a choice operator.
@Suite("Recorded choices", .enabled(if: SharedData.isPresent, "no conformance data"))
struct RecordedChoiceTests {
    private static let files = SharedData.files("cases/choice_operators", suffix: ".json")

    @Test("The same way", arguments: files)
    func same(file: String) throws {
        var definition: StateMachineDefinition?
        var input = JSONValue.null
        var checked = 0
        for step in try SharedData.json(file).member("steps").items {
            let params = step.member("params")
            switch step.member("op").text {
            case "CreateStateMachine":
                let text = JSONWriter.write(params.member("definition").member("$json"))
                definition = DefinitionDecoder().decode(text).definition
            case "StartExecution":
                input = params.member("input").member("$json")
            case "GetExecutionHistory":
                let final = step.member("expect").items.first?.member("final") ?? .null
                let way = try #require(final.member("output").member("TestResult.$").text)
                let taken = try self.way(of: try #require(definition), input)
                #expect(taken == way, "\(JSONWriter.string(input))")
                checked += 1
            default: break
            }
        }
        #expect(checked > 0)
    }

    /// The state that the Choice state leads to.
    private func way(of definition: StateMachineDefinition, _ input: JSONValue) throws -> String {
        guard case .choice(let fields) = definition[definition.startAt].kind else {
            throw UnexpectedState()
        }
        var budget = EvaluationBudget(steps: 10_000)
        let scope = TestScope(input: input)
        let rule = try fields.rules.first {
            try $0.condition.evaluate(in: scope, budget: &budget)
        }
        return definition[try #require(rule?.next ?? fields.defaultNext)].name
    }

    private struct UnexpectedState: Error {}
}
