import StepwellEngine
import StepwellGraph
import StepwellJSON
import StepwellReplay
import StepwellServer

extension ConsoleRoutes {
    /// The drawing of a definition, of a state machine, or of an execution with what has become of
    /// its states.
    func graph(_ request: ServiceRequest) async throws -> ServiceResponse {
        let members = try request.consoleMembers()
        let execution = members["executionArn"]?.stringValue
        let definition = try await definition(members, request)
        var options = SVGOptions()
        // The page's policy allows no style sheet within a drawing: it has one of its own.
        options.hasStyleSheet = false
        options.isInteractive = true
        if let theme = members["theme"]?.stringValue {
            guard let known = GraphTheme(rawValue: theme) else {
                throw ConsoleRefusal.invalid("There is no theme '\(theme)'.")
            }
            options.theme = known
        }
        if let execution {
            options.statuses = try await statuses(of: execution, at: members["at"])
        }
        let problems = try await problems(of: definition, request)
        let (svg, states) = try await engine.judging.read(.page) { [options] in
            // What is no JSON yet, while it is typed, has no drawing but the problems say why.
            let value = (try? JSONParser.parse(Array(definition.utf8), maximumDepth: 128)) ?? .null
            let model = GraphModel(value)
            return (
                SVGWriter.write(model, GraphLayout(model), options: options),
                model.states.map { ($0.name, $0.type.rawValue) }
            )
        }
        var fields = ResponseFields()
        fields.add("svg", svg)
        fields.add(
            "states",
            states.map { name, type in
                var state = ResponseFields()
                state.add("name", name)
                state.add("type", type)
                return state
            }
        )
        fields.add("problems", problems)
        return .console(fields)
    }

    private func definition(
        _ members: JSONObject,
        _ request: ServiceRequest
    ) async throws -> String {
        if let text = members["definition"]?.stringValue { return text }
        for (member, operation) in [
            ("executionArn", "DescribeStateMachineForExecution"),
            ("stateMachineArn", "DescribeStateMachine"),
        ] {
            guard let arn = members[member] else { continue }
            let answer = try await answer(operation, [(member, arn)], request)
            if let text = answer["definition"]?.stringValue { return text }
        }
        throw ConsoleRefusal.invalid(
            "One of 'definition', 'executionArn' and 'stateMachineArn' is required."
        )
    }

    private func problems(
        of definition: String,
        _ request: ServiceRequest
    ) async throws -> JSONValue {
        let answer = try await answer(
            "ValidateStateMachineDefinition",
            [("definition", .string(definition)), ("severity", "WARNING")],
            request
        )
        return answer["diagnostics"] ?? .array([])
    }

    /// What an operation answers.
    ///
    /// - Throws: The error that it answers.
    private func answer(
        _ operation: String,
        _ members: [(String, JSONValue)],
        _ request: ServiceRequest
    ) async throws -> JSONObject {
        var inner = request
        inner.body = JSONWriter.write(.object(JSONObject(members)))
        let response = try await call(operation, inner)
        let answer = try JSONParser.parse(response.body).objectValue ?? JSONObject()
        guard response.status == 200 else {
            throw ServiceError(
                code: .init(rawValue: answer["__type"]?.stringValue ?? "InternalServerError"),
                message: answer["message"]?.stringValue ?? ""
            )
        }
        return answer
    }

    private func statuses(
        of execution: String,
        at place: JSONValue?
    ) async throws -> [String: GraphStatus] {
        let text: String? =
            switch place {
            case .string(let text): text
            case .number(let number): number.integer.map { String($0) }
            default: nil
            }
        guard place == nil || text != nil else { throw Self.noPlace }
        let place = try text.flatMap { try Self.place($0) }
        let states = try await engine.view(ofExecution: execution) { views in
            try views.statuses(at: place)["states"]?.objectValue ?? JSONObject()
        }
        var statuses: [String: GraphStatus] = [:]
        for (name, state) in states {
            guard let members = state.objectValue, let word = members["status"]?.stringValue,
                let kind = GraphStatus.Kind(rawValue: word)
            else { continue }
            statuses[name] = GraphStatus(
                kind,
                entered: members.count(of: "entered"),
                succeeded: members.count(of: "succeeded"),
                retries: members.count(of: "retries")
            )
        }
        return statuses
    }
}

extension JSONObject {
    fileprivate func count(of name: String) -> Int {
        guard case .number(let number)? = self[name] else { return 0 }
        return number.integer.map { Int($0) } ?? 0
    }
}
