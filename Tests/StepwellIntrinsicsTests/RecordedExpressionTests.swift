import Foundation
import StepwellIntrinsics
import StepwellJSON
import StepwellJSONPath
import Testing

/// One recorded evaluation of the `Parameters` of a Pass state that is the whole machine.
struct RecordedEvaluation: CustomTestStringConvertible {
    let name: String
    let parameters: JSONObject
    let input: JSONValue
    let expected: JSONObject

    var testDescription: String { "\(name): \(JSONWriter.string(input))" }
}

@Suite("Recorded expressions", .enabled(if: SharedData.isPresent))
struct RecordedExpressionTests {
    @Test("calls and paths give what AWS was recorded to give", arguments: try recordings())
    func recorded(evaluation: RecordedEvaluation) throws {
        var budget = EvaluationBudget(steps: 1_000_000)
        var entropy = TestEntropy()
        let execution = JSONValue.object(JSONObject([("Input", evaluation.input)]))
        let scope = TestScope(
            input: evaluation.input,
            context: .object(JSONObject([("Execution", execution)]))
        )
        for (key, value) in evaluation.parameters where key.utf8.suffix(2).elementsEqual(".$".utf8)
        {
            let expression = try PathExpression(parsing: try #require(value.string))
            let name = String(decoding: key.utf8.dropLast(2), as: UTF8.self)
            let actual = try expression.evaluate(in: scope, entropy: &entropy, budget: &budget)
            let expected = try #require(evaluation.expected[name])
            if expected.string == "RandomNumberGenerated" {
                // With a seed, which draws nothing.
                #expect((0..<999).contains(try #require(actual.intValue)))
                #expect(entropy.draws.isEmpty)
            } else {
                #expect(actual == expected)
            }
        }
    }

    @Test("the recordings are there to be checked")
    func count() throws {
        #expect(try recordings().count >= 95)
    }

    @Test("every expression of the collected workflows compiles")
    func workflows() throws {
        var count = 0
        for file in try SharedData.files(in: "workflows") {
            for (key, value) in file.value.members {
                guard key.utf8.suffix(2).elementsEqual(".$".utf8), let text = value.string,
                    !text.contains("${"), !text.hasPrefix("{%")
                else { continue }
                count += 1
                do {
                    _ = try PathExpression(parsing: text)
                } catch {
                    Issue.record("\(file.name): \(text): \(error.reason) at \(error.offset)")
                }
            }
        }
        #expect(count > 300)
    }

    @Test(
        "every path field of the collected workflows compiles",
        arguments: ["InputPath", "OutputPath", "ItemsPath", "Variable", "ResultPath"]
    )
    func paths(field: String) throws {
        for file in try SharedData.files(in: "workflows") {
            for (key, value) in file.value.members where key == field {
                guard let text = value.string, !text.contains("${") else { continue }
                do {
                    _ = try JSONPath(parsing: text)
                    if field == "ResultPath" { _ = try ReferencePath(parsing: text) }
                } catch {
                    Issue.record("\(file.name): \(text): \(error.reason) at \(error.offset)")
                }
            }
        }
    }

    @Test("what AWS was recorded to refuse is refused")
    func refused() throws {
        let cases = try SharedData.files(in: "cases/scenarios").filter {
            $0.name.contains("illegal_escapes_ESCAPE_SEQUENCES_ILLEGAL_INTRINSIC")
        }
        #expect(cases.count == 2)
        for (name, file) in cases {
            let expressions = file.members.filter { $0.key == "parsed.$" }.compactMap(
                \.value.string
            )
            #expect(!expressions.isEmpty)
            for text in expressions {
                #expect(throws: PathExpressionSyntaxError.self, "\(name)") {
                    try PathExpression(parsing: text)
                }
            }
        }
    }
}

/// The recorded evaluations of machines of one Pass state without placeholders in their output.
private func recordings() throws -> [RecordedEvaluation] {
    guard SharedData.isPresent else { return [] }
    let folders = ["cases/intrinsic_functions", "cases/base", "cases/scenarios"]
    return try folders.flatMap { try SharedData.files(in: $0) }.flatMap { name, file in
        evaluations(of: name, steps: file["steps"]?.items ?? [])
    }
}

private func evaluations(of name: String, steps: [JSONValue]) -> [RecordedEvaluation] {
    var parameters: JSONObject?
    var input: JSONValue?
    var found: [RecordedEvaluation] = []
    for step in steps {
        switch step["op"]?.string {
        case "CreateStateMachine": parameters = onlyPassParameters(step["params"]?["definition"])
        case "StartExecution": input = step["params"]?["input"]?["$json"]
        default: break
        }
        for expectation in step["expect"]?.items ?? [] {
            let events = expectation["value"]?["events"]?.items ?? []
            for event in events where event["type"]?.string == "PassStateExited" {
                let output = event["stateExitedEventDetails"]?["output"]
                guard let parameters, let input, case .object(let expected)? = output,
                    !JSONWriter.string(.object(expected)).contains("<"),
                    parameters.allSatisfy({ expected[String($0.key.dropLast(2))] != nil })
                else { continue }
                found.append(
                    RecordedEvaluation(
                        name: name,
                        parameters: parameters,
                        input: input,
                        expected: expected
                    )
                )
            }
        }
    }
    return found
}

/// The parameters of the only state of a JSONPath machine, when that is a Pass state.
private func onlyPassParameters(_ definition: JSONValue?) -> JSONObject? {
    guard case .object(let states)? = definition?["$json"]?["States"], states.count == 1,
        let state = states.first(where: { _ in true })?.value, state["Type"]?.string == "Pass",
        case .object(let parameters)? = state["Parameters"]
    else { return nil }
    return parameters
}
