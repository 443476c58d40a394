package import StepwellHistory
import StepwellJSON

extension Engine {
    /// Starts an execution and answers when the start is durable.
    package func startExecution(
        _ request: StartExecutionRequest
    ) async throws -> StartExecutionResponse {
        try await start(request, isSynchronous: false)
    }

    /// Starts an execution of an Express workflow and answers when it has ended.
    ///
    /// An execution whose caller is gone, or whose server was restarted, goes on to its end; nobody
    /// starts it again. A caller that waits while the engine ends is told so, with its ARN, in an
    /// error that clients do not answer by calling again: `ExecutionGoesOn`.
    package func startSyncExecution(
        _ request: StartExecutionRequest
    ) async throws -> StartSyncExecutionResponse {
        let started = try await start(request, isSynchronous: true)
        do {
            let closed = try await waitForExecution(arn: started.executionARN)
            return StartSyncExecutionResponse(execution: closed)
        } catch  where error is CancellationError || isShuttingDown {
            throw ServiceError.executionGoesOn(started.executionARN)
        }
    }

    private func start(
        _ request: StartExecutionRequest,
        isSynchronous: Bool
    ) async throws -> StartExecutionResponse {
        let target = try startTarget(request.stateMachineARN)
        let machine = try StateMachineARN(target.arn)
        if let name = request.name { try NameRules.check(name) }
        try Self.checkTraceHeader(request.traceHeader)
        let input = try checkedInput(request.input)
        do {
            var command = StartCommand(
                stateMachineARN: machine.unqualified,
                qualifier: machine.qualifier,
                name: request.name,
                input: input,
                traceHeader: request.traceHeader ?? TraceContext.ofCaller?.header,
                testCase: target.testCase
            ) { _ in }
            command.isSynchronous = isSynchronous
            command.nested = request.nested
            command.occurrence = request.occurrence
            return try await start(command)
        } catch let error as ServiceError where error.code == "StateMachineDoesNotExist" {
            try await refuseDeleting(machine.unqualified)
            throw ServiceError.stateMachineDoesNotExist(target.arn)
        }
    }

    /// Gives a start to the shard; compiles what it runs when that has to be done first.
    private func start(_ command: StartCommand) async throws -> StartExecutionResponse {
        var command = command
        // Each time it may be another one: by an update, or by the weights of an alias.
        for _ in 1...8 {
            switch try await send(command) {
            case .started(let response):
                return response
            case .needs(let revision):
                do {
                    command.compiled[revision.digest] = try await judging.read(.brief) {
                        try revision.compiled()
                    }
                } catch let error as StoreError {
                    throw ServiceError.definitionUnusable(command.stateMachineARN, error)
                }
            }
        }
        throw ServiceError.throttled
    }

    private enum StartAnswer: Sendable {
        case started(StartExecutionResponse)
        case needs(DefinitionRevision)
    }

    private func send(_ command: StartCommand) async throws -> StartAnswer {
        try await withCheckedThrowingContinuation { continuation in
            var command = command
            command.reply = { result in
                continuation.resume(with: result.map(StartAnswer.started).mapError { $0 })
            }
            command.prepare = { continuation.resume(returning: .needs($0)) }
            Self.send(.start(command), via: shard.mailbox)
        }
    }

    /// The test case that an execution of a test case starts another one under: the same, where the
    /// mocks have one of that name for its state machine.
    func testCase(_ testCase: String?, ofMachineAt arn: String) -> String? {
        guard let testCase, let mocks = configuration.mocks,
            let machine = try? ResourceARN(arn, expecting: .stateMachine, atLeast: 1),
            mocks.configuration.hasTestCase(testCase, of: machine.names[0])
        else { return nil }
        return testCase
    }

    /// `STATE-MACHINE-ARN#TEST-CASE`, as Step Functions Local takes it, where there are mocks.
    private func startTarget(
        _ text: String
    ) throws(ServiceError) -> (arn: String, testCase: String?) {
        guard let mocks = configuration.mocks,
            let mark = text.utf8.firstIndex(of: UInt8(ascii: "#"))
        else { return (text, nil) }
        let arn = String(text[..<mark])
        let testCase = String(text[text.utf8.index(after: mark)...])
        let machine = try ResourceARN(arn, expecting: .stateMachine, atLeast: 1)
        // A mark with nothing behind it names no test case: the execution is not mocked.
        guard !testCase.utf8.isEmpty else { return (arn, nil) }
        guard mocks.configuration.hasTestCase(testCase, of: machine.names[0]) else {
            throw .validation(
                "\(mocks.name) has no test case '\(testCase)' of the state machine "
                    + "'\(machine.names[0])'"
            )
        }
        return (arn, testCase)
    }

    /// What is known of an execution.
    package func describeExecution(
        arn: String,
        scope: ExecutionScope = .standardOrDispatched
    ) async throws -> DescribeExecutionResponse {
        let record = try await record(ofExecution: arn, in: scope)
        var answer = try await describe(record)
        answer.isPendingRedrive = try await isPendingRedrive(record)
        return answer
    }

    /// What DescribeExecution answers but for a redrive that its Map Run has in mind.
    func describe(_ record: ExecutionRecord) async throws -> DescribeExecutionResponse {
        let status = record.head.summary.status
        let machine = record.head.stateMachineARN
        // Asked for only where it makes a difference: whether the execution can be redriven.
        let isThere =
            status == .running || status == .succeeded
            ? true : try await readCatalog { !$0.isDeleted(machine) }
        return record.description(
            under: RedriveRules(
                limits: configuration.limits,
                isStateMachineThere: isThere,
                now: clock.now()
            )
        )
    }

    /// Has an execution that failed, timed out or was stopped go on from its unsuccessful states;
    /// answers with the time of the redrive.
    ///
    /// Throws `ExecutionNotRedrivable` with the reason. A client token that was used within 15
    /// minutes stands for the redrive that it led to.
    package func redriveExecution(arn: String, clientToken: String?) async throws -> Timestamp {
        let head = try await head(ofExecution: arn)
        return try await withCheckedThrowingContinuation { continuation in
            let command = RedriveCommand(
                execution: head.execution,
                executionARN: arn,
                clientToken: clientToken
            ) { result in
                continuation.resume(with: result.mapError { $0 as any Error })
            }
            Self.send(.redrive(command), via: shard.mailbox)
        }
    }

    /// Stops a running execution; answers when it stopped (for a closed one: when it closed).
    package func stopExecution(
        arn: String,
        error: String?,
        cause: String?
    ) async throws -> Timestamp {
        try checkFailure(error: error, cause: cause)
        let head = try await head(ofExecution: arn)
        let answer = await Self.send(
            .stop(Failure(error: error, cause: cause)),
            to: head.execution,
            secret: nil,
            via: shard.mailbox
        )
        switch answer {
        case .accepted(let time): return time
        case .refused(let stopTime): return stopTime ?? clock.now()
        case .unknown: throw ServiceError.executionDoesNotExist(arn)
        case .failed(let error): throw error
        }
    }

    func checkedInput(_ text: [UInt8]) throws(ServiceError) -> Payload {
        let limit = configuration.executionLimits.payloadBytes
        guard text.count <= limit else {
            throw .constraint(nil, at: "input", "have length less than or equal to \(limit)")
        }
        do {
            _ = try JSONParser.parse(text)
        } catch {
            throw ServiceError(
                code: "InvalidExecutionInput",
                message: "Invalid State Machine Execution Input: '\(error.summary)'"
            )
        }
        return Payload(text: text)
    }

    /// At most 256 characters of ASCII, as the service model has it.
    private static func checkTraceHeader(_ text: String?) throws(ServiceError) {
        guard let text else { return }
        if text.utf8.count > 256 {
            throw .constraint(text, at: "traceHeader", "have length less than or equal to 256")
        }
        if !text.utf8.allSatisfy({ $0 < 0x80 }) {
            let rule = #"satisfy regular expression pattern: \p{ASCII}*"#
            throw .constraint(text, at: "traceHeader", rule)
        }
    }

    func checkFailure(error: String?, cause: String?) throws(ServiceError) {
        if let error, error.utf16.count > 256 {
            throw .constraint(error, at: "error", "have length less than or equal to 256")
        }
        if let cause, cause.utf16.count > 32_768 {
            throw .constraint(nil, at: "cause", "have length less than or equal to 32768")
        }
    }
}
