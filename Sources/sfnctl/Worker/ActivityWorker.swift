import ServiceLifecycle
import StepwellEngine
import StepwellJSON
import StepwellServer

/// Does an activity's tasks, each by a run of a command, so many at once.
///
/// | the server | the worker |
/// | --- | --- |
/// | gives a task | runs the command, sends its outcome until the server has it |
/// | gives nothing | asks again |
/// | cannot be reached, or is busy | says so once, waits (0.05 s, doubled up to 2 s), asks again |
/// | refuses an outcome (timed out, unknown) | says so and goes on |
struct ActivityWorker: Service {
    let client: ServiceClient
    let activityARN: String
    let name: String?
    let command: WorkerCommandLine
    /// Seconds between heartbeats; none are sent without it.
    let heartbeatSeconds: Double?
    /// How many tasks are done at once.
    let concurrency: Int
    /// Says whether the server can be reached.
    private let voice = WorkerVoice()

    init(
        client: ServiceClient,
        activityARN: String,
        name: String?,
        command: WorkerCommandLine,
        heartbeatSeconds: Double?,
        concurrency: Int
    ) {
        self.client = client
        self.activityARN = activityARN
        self.name = name
        self.command = command
        self.heartbeatSeconds = heartbeatSeconds
        self.concurrency = concurrency
    }

    /// Works until a graceful shutdown, then finishes the tasks it is at.
    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<concurrency { group.addTask { try await workInTurn() } }
            // What ends one, such as that there is no such activity, ends all.
            try await group.waitForAll()
        }
        voice.ended()
    }

    /// Does one task after the other.
    private func workInTurn() async throws {
        var backoff = Backoff()
        while !Task.isShuttingDownGracefully && !Task.isCancelled {
            do {
                let task = try await cancelWhenGracefulShutdown { try await poll() }
                backoff = Backoff()
                voice.reached()
                if let task { try await work(on: task) }
            } catch {
                if Task.isShuttingDownGracefully { return }
                guard Self.isPassing(error) else { throw error }
                voice.missed(error)
                await cancelWhenGracefulShutdown { [backoff] in try? await backoff.wait() }
                backoff.grow()
            }
        }
    }

    private struct Assignment {
        let token: String
        let input: String
    }

    private func poll() async throws -> Assignment? {
        var request = JSONObject([("activityArn", .string(activityARN))])
        request["workerName"] = name.map { .string($0) }
        let answer = try await client.call("GetActivityTask", request)
        guard case .string(let token)? = answer["taskToken"] else { return nil }
        guard case .string(let input)? = answer["input"] else { return nil }
        return Assignment(token: token, input: input)
    }

    private func work(on task: Assignment) async throws {
        let environment = [
            "STEPWELL_TASK_TOKEN": task.token,
            // The token is the same for every delivery of a task, and no other task's.
            "STEPWELL_IDEMPOTENCY_KEY": task.token,
            "STEPWELL_ACTIVITY_ARN": activityARN,
        ]
        let outcome = try await withThrowingTaskGroup(of: CommandOutcome?.self) { group in
            group.addTask {
                let input = Array(task.input.utf8)
                return CommandOutcome(
                    try await command.run(input: input, environment: environment)
                )
            }
            if let heartbeatSeconds {
                group.addTask { await beat(task.token, every: heartbeatSeconds) }
            }
            // Whichever ends first: the command, or the heartbeats because nobody waits for it.
            let first = try await group.next() ?? nil
            group.cancelAll()
            return first
        }
        guard let outcome else {
            voice.say("a task timed out, or was stopped; its command was ended")
            return
        }
        try await send(outcome, of: task)
    }

    /// Sends heartbeats; ends when the server wants no more.
    private func beat(_ token: String, every seconds: Double) async -> CommandOutcome? {
        let request = JSONObject([("taskToken", .string(token))])
        while true {
            guard (try? await Task.sleep(for: .seconds(seconds))) != nil else { return nil }
            do {
                _ = try await client.call("SendTaskHeartbeat", request)
            } catch {
                guard Self.isPassing(error) else { return nil }
            }
        }
    }

    private func send(_ outcome: CommandOutcome, of task: Assignment) async throws {
        var request = JSONObject([("taskToken", .string(task.token))])
        let operation: String
        switch outcome {
        case .succeeded(let output):
            operation = "SendTaskSuccess"
            request["output"] = .string(String(decoding: output, as: UTF8.self))
        case .failed(let error, let cause):
            operation = "SendTaskFailure"
            request["error"] = .string(error)
            request["cause"] = .string(cause)
        }
        var backoff = Backoff()
        while true {
            do {
                _ = try await client.call(operation, request)
                voice.sent(outcome)
                return
            } catch let error as ServiceError where error.code == "ValidationException" {
                // An output that is too large, say: the task fails by it.
                guard operation == "SendTaskSuccess" else { throw error }
                let failed = CommandOutcome.failed(
                    error: "States.DataLimitExceeded",
                    cause: error.message
                )
                return try await send(failed, of: task)
            } catch {
                guard Self.isPassing(error) else {
                    voice.say("an outcome was refused: \(error)")
                    return
                }
                voice.missed(error)
                try await backoff.wait()
                backoff.grow()
            }
        }
    }

    /// Whether it is worth trying again.
    private static func isPassing(_ error: any Error) -> Bool {
        switch error {
        case is UnreachableError: true
        case let error as ServiceError:
            ["ServiceUnavailable", "ThrottlingException", "InternalServerError"]
                .contains(error.code)
        default: false
        }
    }
}

/// How long to wait before the next try.
private struct Backoff {
    private var milliseconds = 50

    func wait() async throws {
        try await Task.sleep(for: .milliseconds(milliseconds))
    }

    mutating func grow() {
        milliseconds = min(2000, milliseconds * 2)
    }
}
