import StepwellJSON
import StepwellLanguage
import Testing

/// What AWS answered to ValidateStateMachineDefinition.
@Suite("Recorded diagnostics", .enabled(if: SharedData.isPresent, "no conformance data"))
struct RecordedDiagnosticsTests {
    private static let files = SharedData.files("cases/api__validation", suffix: ".json")

    @Test("The same diagnostics", arguments: files)
    func same(file: String) throws {
        for step in try SharedData.json(file).member("steps").items
        where step.member("op") == .string("ValidateStateMachineDefinition") {
            let params = step.member("params")
            let expected = step.member("expect").items.map { $0.member("value") }.first ?? .null
            let type = params.member("type") == .string("EXPRESS")
            let decoder = DefinitionDecoder(machineType: type ? .express : .standard)
            let problems = decoder.decode(text(of: params.member("definition")))
                .languageProblems
            #expect(
                problems.map(diagnostic) == expected.member("diagnostics").items,
                "\(file)"
            )
            #expect(
                expected.member("result") == .string(problems.hasErrors ? "FAIL" : "OK")
            )
        }
    }

    private func text(of definition: JSONValue) -> [UInt8] {
        if let text = definition.text { return Array(text.utf8) }
        return JSONWriter.write(definition.member("$json"))
    }

    private func diagnostic(_ problem: DefinitionProblem) -> JSONValue {
        var object = JSONObject()
        object["code"] = .string(problem.code.rawValue)
        if let location = problem.location {
            object["location"] = .string(location)
        }
        object["message"] = .string(problem.message)
        object["severity"] = .string(problem.severity.rawValue)
        return .object(object)
    }
}
