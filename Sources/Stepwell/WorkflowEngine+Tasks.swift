import StepwellEngine
import StepwellJSON

extension WorkflowEngine {
    /// Ends the task with a token successfully.
    ///
    /// - Throws: ``StepwellError`` `InvalidToken`, `TaskTimedOut` when nobody waits for it any
    ///   more, `TaskDoesNotExist`.
    public func sendTaskSuccess(token: String, output: some Encodable & Sendable) async throws {
        try await engine.sendTaskSuccess(
            token: token,
            output: try coding.payload(of: output).text
        )
    }

    /// Fails the task with a token; throws as ``sendTaskSuccess(token:output:)`` does.
    public func sendTaskFailure(token: String, _ failure: TaskError) async throws {
        try await engine.sendTaskFailure(
            token: token,
            error: failure.error,
            cause: failure.cause
        )
    }

    /// Says that the task with a token is still being worked on; throws as
    /// ``sendTaskSuccess(token:output:)`` does.
    public func sendTaskHeartbeat(token: String) async throws {
        try await engine.sendTaskHeartbeat(token: token)
    }

    /// Creates an activity, whose tasks are done by workers that ask for them; answers its ARN.
    @discardableResult
    public func createActivity(_ name: String) async throws -> String {
        try await engine.createActivity(name: name).activityARN
    }

    /// The activities, in order of their names.
    public var activities: Listing<ActivitySummary> {
        Listing({ ActivitySummary($0) }) { [engine] token in
            try await engine.listActivities(maxResults: 1_000, nextToken: token)
        }
    }

    /// Deletes an activity by its name or ARN; its tasks that no worker has wait until they time
    /// out.
    ///
    /// Deleting one that is not there is no error.
    public func deleteActivity(_ activity: String) async throws {
        try await engine.deleteActivity(arn: activityARN(activity))
    }

    /// Waits up to 60 seconds for a task of an activity; nil when none came.
    ///
    /// End it with ``sendTaskSuccess(token:output:)`` or ``sendTaskFailure(token:_:)``.
    ///
    /// A task whose input is no `Input` is failed (`States.TaskFailed`, with the reason) before the
    /// error is thrown: nobody else would end it.
    ///
    /// - Throws: `DecodingError`; ``StepwellError`` `ActivityDoesNotExist`, `ServiceUnavailable`;
    ///   `CancellationError`.
    public func activityTask<Input: Decodable & Sendable>(
        of activity: String,
        as type: Input.Type,
        worker: String? = nil
    ) async throws -> ActivityWork<Input>? {
        let arn = activityARN(activity)
        guard let task = try await engine.getActivityTask(arn: arn, workerName: worker) else {
            return nil
        }
        do {
            let input = try coding.decode(type, from: task.input)
            return ActivityWork(token: task.taskToken, input: input)
        } catch {
            try await refuse(task, of: arn, "is no \(type): \(error)")
            throw error
        }
    }

    /// Does the tasks of an activity one after the other, until the task that calls this is
    /// cancelled or the engine ends.
    ///
    /// What `body` returns is the task's result; what it throws fails the task, as a handler's
    /// error does. For several at once, call it in several tasks.
    ///
    /// Unlike a handler's, a task that a worker has is not given out again when the process ends:
    /// give its state `TimeoutSeconds` or `HeartbeatSeconds` with a `Retry`, and end the workers
    /// before the engine shuts down.
    ///
    /// - Parameters:
    ///   - activity: Its name or ARN.
    ///   - worker: What the history calls the worker.
    ///   - body: Does a task.
    /// - Throws: ``StepwellError`` `ActivityDoesNotExist`; `ServiceUnavailable` when the engine
    ///   ends.
    public func work<Input: Decodable & Sendable, Output: Encodable & Sendable>(
        on activity: String,
        worker: String? = nil,
        _ body: (ActivityWork<Input>) async throws -> Output
    ) async throws {
        while !Task.isCancelled {
            do {
                guard
                    let task = try await activityTask(of: activity, as: Input.self, worker: worker)
                else { continue }
                try await end(task) { try await body(task) }
            } catch is CancellationError {
                return
            } catch is DecodingError {
                // The task was failed for it.
                continue
            } catch let error as StepwellError where isPassing(error) {
                // What cannot be recorded now is given out again later.
                do { try await Task.sleep(for: .seconds(1)) } catch { return }
            }
        }
    }

    /// Whether an engine that continues will take later what it refused.
    private func isPassing(_ error: StepwellError) -> Bool {
        guard error.code == .throttling || error.code == .serviceUnavailable else { return false }
        return !engine.isShuttingDown && engine.condition.readOnly == nil
    }

    /// Ends a task with what its work comes to.
    private func end<Input, Output: Encodable & Sendable>(
        _ task: ActivityWork<Input>,
        _ work: () async throws -> Output
    ) async throws {
        let result: Result<JSONValue, TaskError>
        do {
            result = .success(try coding.encode(try await work()))
        } catch let error as any TaskErrorConvertible {
            result = .failure(error.taskError)
        } catch {
            // What is cut off half-way is another worker's.
            if Task.isCancelled { return engine.handBackActivityTask(token: task.token) }
            result = .failure(TaskError("States.TaskFailed", cause: String(describing: error)))
        }
        do {
            try await tell(result, of: task.token)
        } catch let error as StepwellError
            where error.code == .taskTimedOut || error.code == .taskDoesNotExist
        {
            // It has ended otherwise.
            return
        } catch {
            engine.handBackActivityTask(token: task.token)
            throw error
        }
    }

    /// Reports a result; one that is too large is the task's failure, as a handler's is.
    private func tell(_ result: Result<JSONValue, TaskError>, of token: String) async throws {
        switch result {
        case .failure(let error): try await sendTaskFailure(token: token, error.clipped)
        case .success(let output):
            do {
                try await sendTaskSuccess(token: token, output: output)
            } catch let error as StepwellError where error.code == .validation {
                let failure = TaskError("States.DataLimitExceeded", cause: error.message)
                try await sendTaskFailure(token: token, failure)
            }
        }
    }

    private func activityARN(_ activity: String) -> String {
        activity.utf8.starts(with: "arn:".utf8) ? activity : engine.arn(.activity, activity)
    }

    /// Fails a task that this worker cannot do.
    ///
    /// When that cannot be told, another worker gets it.
    private func refuse(_ task: ActivityTask, of activity: String, _ reason: String) async throws {
        do {
            try await engine.sendTaskFailure(
                token: task.taskToken,
                error: "States.TaskFailed",
                cause: TaskError("", cause: "The input of a task of '\(activity)' \(reason)")
                    .clipped.cause
            )
        } catch let error as ServiceError
            where error.code == .taskTimedOut || error.code == .taskDoesNotExist
        {
            // It has ended otherwise.
            return
        } catch {
            engine.handBackActivityTask(token: task.taskToken)
            throw error
        }
    }
}
