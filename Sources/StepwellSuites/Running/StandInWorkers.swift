import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellLanguage
import StepwellTesting

/// Stands in for the workers of activities: does the tasks of mocked states as the mocks say.
struct StandInWorkers: Sendable {
    let engine: Engine
    let store: SimulatedStore
    /// Responses by state machine and state.
    let mocks: [String: [String: [MockConfiguration.Response]]]

    /// Runs something while workers wait at the activities; without mocks there are none.
    func working<Value: Sendable>(
        for activities: [String],
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let mocked = mocks.values.contains { !$0.isEmpty }
        let workers = mocked ? Set(activities).map { arn in Task { await work(at: arn) } } : []
        defer { for worker in workers { worker.cancel() } }
        return try await body()
    }

    private func work(at arn: String) async {
        while !Task.isCancelled {
            do {
                guard let task = try await engine.getActivityTask(arn: arn, workerName: "mock")
                else { continue }
                try await answer(task)
            } catch {
                // The engine ends, or the task has timed out meanwhile.
                if error is CancellationError || engine.isShuttingDown { return }
            }
        }
    }

    private func answer(_ task: ActivityTask) async throws {
        guard let token = TaskToken(text: task.taskToken),
            let log = store.allTurns().first(where: { $0.execution == token.execution }),
            let trace = try TraceReader.trace(of: log.turns),
            let call = trace.tokens[token.ordinal],
            let responses = mocks[trace.machine]?[call.state]
        else { return }
        guard let response = responses.first(where: { $0.invocations.contains(call.number) })
        else {
            return try await engine.sendTaskFailure(
                token: task.taskToken,
                error: ErrorName.runtime,
                cause: "There is no response for call \(call.number) of '\(call.state)'."
            )
        }
        switch response.outcome {
        case .returned(let value), .resulted(let value):
            try await engine.sendTaskSuccess(
                token: task.taskToken,
                output: JSONWriter.write(value)
            )
        case .thrown(let error, let cause):
            try await engine.sendTaskFailure(token: task.taskToken, error: error, cause: cause)
        }
    }
}
