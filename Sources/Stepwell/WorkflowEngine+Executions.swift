import StepwellEngine
public import StepwellHistory

extension WorkflowEngine {
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
            input: try coding.payload(of: input).text
        )
        return execution(arn: try await engine.startExecution(request).executionARN)
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
        return execution(arn: try await engine.startExecution(request).executionARN)
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
        } catch let refusal as ServiceError where refusal.code == .executionAlreadyExists {
            let machine = try StateMachineARN(stateMachineARN(stateMachine)).unqualified
            let found = execution(name, of: machine)
            let earlier = try await engine.describeExecution(arn: found.arn, scope: .any).input
            let asked = try coding.payload(of: input)
            guard try earlier.value() == asked.value() else { throw refusal }
            return found
        }
    }

    private func startTarget(_ stateMachine: String, _ testCase: String?) -> String {
        stateMachineARN(stateMachine) + (testCase.map { "#" + $0 } ?? "")
    }

    /// The execution with an ARN; nothing is looked up before it is used.
    public func execution(arn: String) -> Execution {
        Execution(arn: arn, engine: self)
    }

    /// The execution with a name in a state machine; nothing is looked up before it is used.
    public func execution(_ name: String, of stateMachine: String) -> Execution {
        let arn = ExecutionARN(stateMachineARN: stateMachineARN(stateMachine), name: name)
        return execution(arn: arn.string)
    }

    /// Executions, newest start first, without the children of Map Runs; those of Express workflows
    /// among them.
    ///
    /// - Parameters:
    ///   - stateMachine: The name or ARN of a state machine, or the ARN of a version or alias; nil
    ///     is all of them, those too that were deleted.
    ///   - status: Only those of this status.
    ///   - since: Only those that were started then or later.
    ///   - until: Only those that were started then or earlier.
    /// - Returns: The listing, which throws ``StepwellError`` `StateMachineDoesNotExist`.
    public func executions(
        of stateMachine: String? = nil,
        status: ExecutionStatus? = nil,
        since: Timestamp? = nil,
        until: Timestamp? = nil
    ) -> Listing<ExecutionSummary> {
        var search = ExecutionSearch(limit: 1_000)
        search.stateMachineARN = stateMachine.map { stateMachineARN($0) }
        search.status = status
        search.from = since
        search.until = until
        return Listing { [engine, search] place in
            var search = search
            search.after = place as? QueryCursor
            let page = try await engine.searchExecutions(search)
            return Listing.Page(
                items: page.executions.map(ExecutionSummary.init),
                next: page.next
            )
        }
    }

    /// Starts an execution of an Express workflow, and answers when it has ended.
    ///
    /// An execution that the caller does not wait for to the end goes on.
    ///
    /// - Throws: ``StepwellError`` `StateMachineTypeNotSupported` for a Standard workflow, and what
    ///   ``start(_:name:input:testCase:)`` throws; `ExecutionGoesOn` when the engine ends before;
    ///   `CancellationError` when the caller is cancelled (the execution continues).
    public func startSync(
        _ stateMachine: String,
        name: String? = nil,
        input: some Encodable & Sendable,
        testCase: String? = nil
    ) async throws -> ExecutionDescription {
        let request = StartExecutionRequest(
            stateMachineARN: startTarget(stateMachine, testCase),
            name: name,
            input: try coding.payload(of: input).text
        )
        let closed: DescribeExecutionResponse
        do {
            closed = try await engine.startSyncExecution(request).execution
        } catch let error as StepwellError where error.code == .executionGoesOn && Task.isCancelled
        {
            throw CancellationError()
        }
        let ended = execution(arn: closed.executionARN)
        let branches = try await closed.status == .succeeded ? [] : ended.picture().branches
        return ExecutionDescription(closed, branches: branches, coding: coding)
    }
}
