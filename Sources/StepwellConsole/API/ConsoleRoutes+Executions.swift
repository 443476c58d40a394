import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellServer

extension ConsoleRoutes {
    /// Executions that are looked for, newest first.
    ///
    /// With the name of an execution, `exact` is the one that has it, wherever it is in the list.
    func executions(_ parameters: ConsoleParameters) async throws -> ResponseFields {
        let search = try Self.search(parameters)
        let page = try await engine.searchExecutions(search)
        var fields = ResponseFields()
        fields.add("executions", page.executions.map { ExecutionRow($0).fields })
        if search.after == nil, let name = search.name, let machine = search.stateMachineARN,
            let head = try? await engine.head(ofExecution: Self.arn(machine, name), in: .any)
        {
            fields.add("exact", ExecutionRow(head).fields)
        }
        fields.add("next", page.next.map { Base64URL.encode($0.bytes) })
        fields.add("scanned", page.scanned)
        fields.add("exhausted", page.next == nil)
        return fields
    }

    private static func arn(_ machine: String, _ name: String) -> String {
        let unqualified = (try? StateMachineARN(machine).unqualified) ?? machine
        return ExecutionARN(stateMachineARN: unqualified, name: name).string
    }

    private static func search(
        _ parameters: ConsoleParameters
    ) throws(ServiceError) -> ExecutionSearch {
        var search = ExecutionSearch(limit: try parameters.integer("limit", in: 1...1_000) ?? 50)
        search.stateMachineARN = parameters.text("stateMachineArn")
        if let name = parameters.text("status") {
            guard let status = ExecutionStatus(rawValue: name) else {
                throw ConsoleRefusal.invalid("There is no status '\(name)'.")
            }
            search.status = status
        }
        search.from = try parameters.time("from")
        search.until = try parameters.time("to")
        search.name = parameters.text("name")
        search.text = parameters.text("text")
        search.input = parameters.text("input")
        if let after = parameters.text("after") {
            guard let bytes = Base64URL.decode(after), let place = QueryCursor(bytes: bytes) else {
                throw ConsoleRefusal.invalid("The parameter 'after' is not this server's.")
            }
            search.after = place
        }
        return search
    }

    /// How many executions there are of each status.
    func counts(_ parameters: ConsoleParameters) async throws -> ResponseFields {
        .counts(try await engine.statusCounts(of: parameters.text("stateMachineArn")))
    }
}

extension ResponseFields {
    /// Numbers of executions by status.
    static func counts(_ counts: StatusCounts) -> ResponseFields {
        var fields = ResponseFields()
        for status in ExecutionStatus.allCases {
            fields.add(named: status.rawValue, .number(JSONNumber(Int64(counts[status]))))
        }
        return fields
    }
}
