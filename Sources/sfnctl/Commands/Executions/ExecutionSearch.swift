import StepwellJSON

/// Finds executions of one state machine, or of every Standard workflow, newest first.
struct ExecutionSearch {
    let filter: ExecutionFilter
    /// How many are wanted.
    let limit: Int

    /// The executions of a state machine by its name or ARN, of every Standard workflow without;
    /// and whether there are no more.
    func find(
        in machine: String?,
        on api: any ServiceAPI
    ) async throws -> (executions: [JSONObject], isComplete: Bool) {
        guard let machine else { return try await findInAll(on: api) }
        let arn = try await NameResolver(api: api).machine(machine)
        return try await filter.find(["stateMachineArn": .string(arn)], limit: limit, on: api)
    }

    private func findInAll(
        on api: any ServiceAPI
    ) async throws -> (executions: [JSONObject], isComplete: Bool) {
        var machines: [String] = []
        try await api.each("ListStateMachines", in: "stateMachines") { machine in
            if machine["type"] == .string("STANDARD"),
                let arn = machine["stateMachineArn"]?.stringValue
            {
                machines.append(arn)
            }
            return true
        }
        var all: [JSONObject] = []
        var isComplete = true
        for arn in machines {
            let found = try await filter.find(
                ["stateMachineArn": .string(arn)],
                limit: limit,
                on: api
            )
            all += found.executions
            isComplete = isComplete && found.isComplete
        }
        let newest = all.sorted { Self.start(of: $0) > Self.start(of: $1) }
        return (Array(newest.prefix(limit)), isComplete && all.count <= limit)
    }

    private static func start(of execution: JSONObject) -> Double {
        execution["startDate"]?.doubleValue ?? 0
    }
}
