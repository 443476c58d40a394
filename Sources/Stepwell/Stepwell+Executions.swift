import StepwellEngine
public import StepwellHistory
import StepwellJSON

extension Stepwell {
    /// Starts an execution; returns when the start is on disk.
    ///
    /// Idempotent by name: while an execution of that name runs, starting it again with the same
    /// input answers with the running one.
    ///
    /// - Parameters:
    ///   - stateMachine: The name or ARN of the state machine.
    ///   - name: Unique within the state machine; one is made when it is nil.
    ///   - input: What the first state is given, encoded to JSON.
    ///   - testCase: A test case of ``Configuration/mocks(file:)``, whose responses stand for the
    ///     work of its Task states.
    /// - Returns: The execution, running or closed already.
    /// - Throws: ``StepwellError`` `StateMachineDoesNotExist`, `ExecutionAlreadyExists`,
    ///   `InvalidName`, `ThrottlingException`, `ServiceUnavailable`.
    public func start(
        _ stateMachine: String,
        name: String? = nil,
        input: some Encodable & Sendable,
        testCase: String? = nil
    ) async throws -> Execution {
        let request = StartExecutionRequest(
            stateMachineARN: startTarget(stateMachine, testCase),
            name: name,
            input: try PayloadCoding.encode(input).text
        )
        return Execution(arn: try await engine.startExecution(request).executionARN, engine: engine)
    }

    /// Starts an execution with the input `{}`; see ``start(_:name:input:testCase:)``.
    public func start(
        _ stateMachine: String,
        name: String? = nil,
        testCase: String? = nil
    ) async throws -> Execution {
        let request = StartExecutionRequest(
            stateMachineARN: startTarget(stateMachine, testCase),
            name: name
        )
        return Execution(arn: try await engine.startExecution(request).executionARN, engine: engine)
    }

    /// Starts an execution, or gives the one that was started with this name and input before,
    /// running or closed: for work that a program begins again each time that it runs.
    ///
    /// - Throws: What ``start(_:name:input:testCase:)`` throws; ``StepwellError``
    ///   `ExecutionAlreadyExists` when the execution of that name was given another input.
    public func startOrAttach(
        _ stateMachine: String,
        name: String,
        input: some Encodable & Sendable,
        testCase: String? = nil
    ) async throws -> Execution {
        do {
            return try await start(stateMachine, name: name, input: input, testCase: testCase)
        } catch let refusal as ServiceError where refusal.code == "ExecutionAlreadyExists" {
            let machine = try StateMachineARN(stateMachineARN(stateMachine)).unqualified
            let found = execution(name, of: machine)
            let earlier = try await engine.describeExecution(arn: found.arn, scope: .any).input
            let asked = try PayloadCoding.encode(input)
            guard try earlier.value() == asked.value() else { throw refusal }
            return found
        }
    }

    private func startTarget(_ stateMachine: String, _ testCase: String?) -> String {
        stateMachineARN(stateMachine) + (testCase.map { "#" + $0 } ?? "")
    }

    /// The execution with an ARN; nothing is looked up before it is used.
    public func execution(arn: String) -> Execution {
        Execution(arn: arn, engine: engine)
    }

    /// The execution with a name in a state machine; nothing is looked up before it is used.
    public func execution(_ name: String, of stateMachine: String) -> Execution {
        let arn = ExecutionARN(stateMachineARN: stateMachineARN(stateMachine), name: name)
        return Execution(arn: arn.string, engine: engine)
    }

    /// The executions of a state machine, newest first, at most `limit`.
    ///
    /// - Throws: ``StepwellError`` `StateMachineDoesNotExist`.
    public func listExecutions(
        of stateMachine: String,
        status: ExecutionStatus? = nil,
        limit: Int = 100
    ) async throws -> [ExecutionSummary] {
        var found: [ExecutionSummary] = []
        var token: String?
        repeat {
            let page = try await engine.listExecutions(
                ListExecutionsRequest(
                    stateMachineARN: stateMachineARN(stateMachine),
                    statusFilter: status,
                    maxResults: min(1_000, max(1, limit - found.count)),
                    nextToken: token
                )
            )
            found += page.items.map(ExecutionSummary.init)
            token = page.nextToken
        } while token != nil && found.count < limit
        return found
    }

    // MARK: Task tokens and activities

    /// Ends the task with a token successfully.
    ///
    /// - Throws: ``StepwellError`` `InvalidToken`, `TaskTimedOut` when nobody waits for it any
    ///   more, `TaskDoesNotExist`.
    public func sendTaskSuccess(token: String, output: some Encodable & Sendable) async throws {
        try await engine.sendTaskSuccess(
            token: token,
            output: try PayloadCoding.encode(output).text
        )
    }

    /// Fails the task with a token; throws as ``sendTaskSuccess(token:output:)`` does.
    public func sendTaskFailure(token: String, _ failure: LocalTaskFailure) async throws {
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
        let arn =
            activity.utf8.starts(with: "arn:".utf8) ? activity : engine.arn(.activity, activity)
        guard let task = try await engine.getActivityTask(arn: arn, workerName: worker) else {
            return nil
        }
        do {
            let input = try PayloadCoding.decode(type, from: task.input)
            return ActivityWork(token: task.taskToken, input: input)
        } catch {
            try await refuse(task, of: arn, "is no \(type): \(error)")
            throw error
        }
    }

    /// Fails a task that this worker cannot do.
    ///
    /// When that cannot be told, another worker gets it.
    private func refuse(_ task: ActivityTask, of activity: String, _ reason: String) async throws {
        do {
            try await engine.sendTaskFailure(
                token: task.taskToken,
                error: "States.TaskFailed",
                cause: String("The input of a task of '\(activity)' \(reason)".prefix(8_192))
            )
        } catch let error as ServiceError
            where error.code == "TaskTimedOut" || error.code == "TaskDoesNotExist"
        {
            // It has ended otherwise.
            return
        } catch {
            engine.handBackActivityTask(token: task.taskToken)
            throw error
        }
    }
}

/// A task of an activity, as its worker is given it.
public struct ActivityWork<Input: Sendable>: Sendable {
    /// The task token, to report with.
    public let token: String
    /// The task's input.
    public let input: Input
}
