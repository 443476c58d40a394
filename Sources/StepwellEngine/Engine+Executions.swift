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
    /// starts it again.
    package func startSyncExecution(
        _ request: StartExecutionRequest
    ) async throws -> StartSyncExecutionResponse {
        let started = try await start(request, isSynchronous: true)
        let closed = try await waitForExecution(arn: started.executionARN)
        return StartSyncExecutionResponse(execution: closed)
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
                traceHeader: request.traceHeader,
                testCase: target.testCase
            ) { _ in }
            command.isSynchronous = isSynchronous
            return try await start(command)
        } catch let error as ServiceError where error.code == "StateMachineDoesNotExist" {
            try await refuseDeleting(machine.unqualified)
            throw ServiceError.stateMachineDoesNotExist(target.arn)
        }
    }

    /// Gives a start to the shard; compiles what it runs when that has to be done first.
    private func start(_ command: StartCommand) async throws -> StartExecutionResponse {
        // When the definition is let go of again each time, the turn thread compiles it itself.
        for attempt in 1...4 {
            switch try await send(command, mayPrepare: attempt < 4) {
            case .started(let response):
                return response
            case .needs(let revision):
                do throws(StoreError) {
                    _ = try revision.compiled()
                } catch {
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

    private func send(_ command: StartCommand, mayPrepare: Bool) async throws -> StartAnswer {
        try await withCheckedThrowingContinuation { continuation in
            var command = command
            command.reply = { result in
                continuation.resume(with: result.map(StartAnswer.started).mapError { $0 })
            }
            if mayPrepare { command.prepare = { continuation.resume(returning: .needs($0)) } }
            Self.send(.start(command), via: shard.mailbox)
        }
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
        var answer = try await describe(try head(ofExecution: arn, in: scope))
        answer.isPendingRedrive = try await isPendingRedrive(answer)
        return answer
    }

    func describe(_ head: ExecutionHead) async throws -> DescribeExecutionResponse {
        let isSettled = head.summary.status == .running || head.summary.status == .succeeded
        let machine = head.stateMachineARN
        // Asked for only where it makes a difference: whether the execution can be redriven.
        let isThere =
            isSettled ? true : try await readCatalog { !$0.isDeleted(machine) }
        let rules = RedriveRules(
            limits: configuration.limits,
            isStateMachineThere: isThere,
            now: clock.now()
        )
        return try HistoryReader(store: store).describe(head, under: rules)
    }

    /// Has an execution that failed, timed out or was stopped go on from its unsuccessful states;
    /// answers with the time of the redrive.
    ///
    /// Throws `ExecutionNotRedrivable` with the reason. A client token that was used within 15
    /// minutes stands for the redrive that it led to.
    package func redriveExecution(arn: String, clientToken: String?) async throws -> Timestamp {
        let head = try head(ofExecution: arn)
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
        let head = try head(ofExecution: arn)
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

    /// A page of an execution's history.
    package func getExecutionHistory(
        _ request: GetExecutionHistoryRequest,
        scope: ExecutionScope = .standard
    ) async throws -> Page<HistoryEvent> {
        let page = try PageRequest(
            maxResults: request.maxResults,
            token: request.nextToken,
            longestToken: 1_024
        )
        let head = try head(ofExecution: request.executionARN, in: scope)
        return try HistoryReader(store: store)
            .page(of: head, page, isReversed: request.reverseOrder)
    }

    /// The head of the execution with an ARN.
    func head(
        ofExecution arn: String,
        in scope: ExecutionScope = .standard
    ) throws -> ExecutionHead {
        let parsed: ResourceARN
        if let express = try? ResourceARN(arn, expecting: .express, atLeast: 2),
            scope.takes(express: express)
        {
            parsed = express
        } else {
            parsed = try ResourceARN(arn, expecting: .execution, atLeast: 2)
        }
        let machine = parsed.sibling(.stateMachine, [parsed.names[0]])
        let name = parsed.names[1...].joined(separator: ":")
        let found = try reading { () throws(StoreError) in
            try store.head(named: name, in: machine)
        }
        guard let head = found else { throw ServiceError.executionDoesNotExist(arn) }
        return head
    }

    /// Reads from the store, in the API's errors.
    func reading<Value>(
        _ body: () throws(StoreError) -> Value
    ) throws(ServiceError) -> Value {
        do throws(StoreError) {
            return try body()
        } catch {
            throw .internalFailure("The store cannot be read: \(error.message)")
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
