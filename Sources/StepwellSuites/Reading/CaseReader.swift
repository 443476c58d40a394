import StepwellEngine
import StepwellHistory
import StepwellIntegrations
import StepwellJSON
import StepwellLanguage

/// Reads one case; what is wrong with it is pointed at.
struct CaseReader {
    let document: SettingsDocument
    let machine: SuiteMachine
    let mocks: MockReader
    /// The responses that all cases share.
    let shared: SettingsNode?
    let mockFile: MockConfiguration?
    let content: (String) throws -> [UInt8]
    let path: (String) -> String

    /// The case that is written at a place.
    func read(_ node: SettingsNode) throws(SettingsProblems) -> SuiteCase {
        let expected =
            node["expect"]
            ?? SettingsNode(value: .object(JSONObject()), place: node.place.appending("expect"))
        let input = try input(node)
        try checkStates(of: expected)
        if node["state"] == nil {
            for key in ["variables", "context", "mock", "retryCount", "validation"] {
                if let stray = node[key] {
                    throw problem("'\(key)' is for cases of one 'state'", stray)
                }
            }
            if let next = expected["next"] {
                throw problem("'next' is for cases of one 'state'", next)
            }
        }
        let subject: SuiteCase.Subject
        if let state = node["state"] {
            subject = .state(try trial(of: state, in: node, input))
        } else {
            subject = .execution(mocks: try responses(node))
        }
        return SuiteCase(
            name: node["name"]?.text ?? "",
            place: node.place,
            input: input,
            subject: subject,
            expected: expected,
            skipped: node["skip"]?.text
        )
    }

    private func input(_ node: SettingsNode) throws(SettingsProblems) -> [UInt8] {
        guard let file = node["inputFile"] else {
            return node.value["input"].map { JSONWriter.write($0) } ?? Array("{}".utf8)
        }
        if node.value["input"] != nil {
            throw problem("give either 'input' or 'inputFile'", file)
        }
        guard let text = try? content(path(file.text ?? "")) else {
            throw problem("the file '\(file.text ?? "")' cannot be read", file)
        }
        do throws(JSONParseError) {
            _ = try JSONParser.parse(text)
        } catch {
            let place = "\(file.text ?? ""):\(error.line):\(error.column)"
            throw problem("\(place): not JSON: \(error.reason)", file)
        }
        return text
    }

    // MARK: Executions

    private func responses(
        _ node: SettingsNode
    ) throws(SettingsProblems) -> [String: [String: MockReader.Responses]] {
        var merged = try mocks.mocks([shared].compactMap(\.self))
        if let testCase = node["testCase"] {
            try addTestCase(testCase, to: &merged)
        }
        for (machine, states) in try mocks.mocks([node["mocks"]].compactMap(\.self)) {
            merged[machine, default: [:]].merge(states) { $1 }
        }
        return merged
    }

    /// Adds what the mock configuration file says, for every state machine that it knows.
    private func addTestCase(
        _ node: SettingsNode,
        to merged: inout [String: [String: MockReader.Responses]]
    ) throws(SettingsProblems) {
        guard let mockFile else { throw problem("'testCase' needs a 'mockFile'", node) }
        let name = node.text ?? ""
        var isKnown = false
        for machine in mocks.machines where mockFile.hasTestCase(name, of: machine.name) {
            isKnown = true
            for state in machine.definition.states {
                let found = mockFile.responses(
                    of: state.name,
                    testCase: name,
                    stateMachine: machine.name
                )
                guard let found else { continue }
                try mocks.check(found, of: state.name, in: machine, at: node)
                merged[machine.name, default: [:]][state.name] = found
            }
        }
        guard isKnown else {
            throw problem(
                "the mock file has no test case '\(name)' of '\(machine.name)'",
                node
            )
        }
    }

    // MARK: States alone

    private func trial(
        of state: SettingsNode,
        in node: SettingsNode,
        _ input: [UInt8]
    ) throws(SettingsProblems) -> TestStateRequest {
        if let stray = node["mocks"] ?? node["testCase"] {
            throw problem("a case of one 'state' has a 'mock'", stray)
        }
        let name = state.text ?? ""
        guard machine.state(name) != nil else { throw problem(mocks.unknown(name), state) }
        var request = TestStateRequest(definition: machine.text)
        request.stateName = name
        request.input = String(decoding: input, as: UTF8.self)
        request.variables = node["variables"].map { JSONWriter.string($0.value) }
        request.context = node["context"].map { JSONWriter.string($0.value) }
        request.configuration.retrierRetryCount = node["retryCount"]?.whole
        if let mock = node["mock"] {
            let responses = try mocks.responses(mock)
            guard responses.count == 1, let response = responses.first else {
                throw problem("one response is expected here", mock)
            }
            if let stray = mock["delay"] ?? mock["Delay"] ?? mock["times"] {
                throw problem("a state alone has one response, at once", stray)
            }
            let validation = node["validation"]?.text ?? "PRESENT"
            request.mock = Self.mock(
                response.outcome,
                TestStateRequest.Mock.FieldValidationMode(rawValue: validation) ?? .present
            )
        }
        return request
    }

    private static func mock(
        _ outcome: MockConfiguration.Outcome,
        _ validation: TestStateRequest.Mock.FieldValidationMode
    ) -> TestStateRequest.Mock {
        switch outcome {
        case .resulted(let value), .returned(let value):
            TestStateRequest.Mock(
                result: JSONWriter.string(value),
                errorOutput: nil,
                fieldValidationMode: validation
            )
        case .thrown(let error, let cause):
            TestStateRequest.Mock(
                result: nil,
                errorOutput: Failure(error: error, cause: cause),
                fieldValidationMode: validation
            )
        }
    }

    // MARK: Expectations

    /// Every state that expectations name is there.
    private func checkStates(of expected: SettingsNode) throws(SettingsProblems) {
        var named: [(name: String, node: SettingsNode)] = []
        for key in ["retries", "visits", "calls"] { named += expected[key]?.members ?? [] }
        let path = expected["path"]
        for list in [path, path?["exact"], path?["contains"], path?["not"]] {
            named += (list?.items ?? []).map { ($0.text ?? "", $0) }
        }
        var problems: [SettingsProblem] = []
        for (name, node) in named where mocks.target(name) == nil {
            problems.append(document.problem(mocks.unknown(name), at: node.place))
        }
        if let elapsed = expected["elapsed"] { problems += problemsOfTime(elapsed) }
        guard problems.isEmpty else { throw SettingsProblems(problems) }
    }

    private func problemsOfTime(_ node: SettingsNode) -> [SettingsProblem] {
        let bounds = node.value.objectValue == nil ? [("", node)] : node.members
        return bounds.compactMap { name, bound in
            guard ["", "min", "max"].contains(name) else {
                return document.problem(
                    "'\(name)' is not known here; min, max are",
                    at: bound.place
                )
            }
            guard SuiteDuration.milliseconds(of: bound.value) == nil else { return nil }
            return document.problem("a time such as 90s or 365d is expected here", at: bound.place)
        }
    }

    private func problem(_ message: String, _ node: SettingsNode) -> SettingsProblems {
        SettingsProblems([document.problem(message, at: node.place)])
    }
}
