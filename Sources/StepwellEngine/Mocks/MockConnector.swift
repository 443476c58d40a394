import StepwellHistory
import StepwellInterpreter
import StepwellJSON
import StepwellLanguage

/// Answers the tasks of executions that were started with a test case.
///
/// Which invocation of its state a task is belongs to the execution's state: a test case goes on
/// after a restart where it was.
struct MockConnector: TaskConnector {
    /// How the cause of an invocation without a response begins.
    fileprivate static let missing = "The mocked response"

    let source: any MockSource
    let engine: EngineReference

    /// Both halves come at once, and a crash may have come between their records.
    func resumes(_ task: ConnectorTask) -> Bool { true }

    /// Mocks answer tasks, not resources.
    func serves(_ resource: String) -> Bool { false }

    func serves(_ offer: TaskOffer) -> Bool {
        guard let testCase = offer.testCase else { return false }
        let answer = source.configuration.answer(
            stateMachine: offer.stateMachineName,
            testCase: testCase,
            state: offer.stateName,
            invocation: 0
        )
        return answer != .notMocked
    }

    func run(_ task: ConnectorTask) async throws -> TaskOutcome {
        let state = task.dispatch.stateName
        let invocation = task.dispatch.invocation
        let answer = source.configuration.answer(
            stateMachine: task.offer.stateMachineName,
            testCase: task.testCase ?? "",
            state: state,
            invocation: invocation
        )
        switch answer {
        case .outcome(let outcome, let delay):
            return try await self.outcome(outcome, of: task, after: delay)
        case .missing(let response):
            throw TaskFailure(
                error: ErrorName.runtime,
                cause: "\(Self.missing) '\(response)' in \(source.name) has no entry for "
                    + "invocation \(invocation) of the state '\(state)'."
            )
        case .notMocked:
            throw TaskFailure(
                error: ErrorName.runtime,
                cause: "\(source.name) does not mock the state '\(state)' any more."
            )
        }
    }

    private func outcome(
        _ outcome: MockConfiguration.Outcome,
        of task: ConnectorTask,
        after delay: Int64
    ) async throws -> TaskOutcome {
        let output: Payload
        switch outcome {
        case .thrown(let error, let cause):
            return try await fail(TaskFailure(error: error, cause: cause), task, after: delay)
        case .returned(let value): output = Payload(try self.output(value, of: task))
        case .resulted(let value): output = Payload(value)
        }
        guard task.dispatch.isInTwoHalves else {
            try await wait(delay, for: task)
            return .succeeded(output)
        }
        return .submittedThen(output) {
            try await wait(delay, for: task)
            return output
        }
    }

    /// A job or a callback that fails was submitted before (recorded of callbacks), to something
    /// whose answer the response does not tell.
    private func fail(
        _ failure: TaskFailure,
        _ task: ConnectorTask,
        after delay: Int64
    ) async throws -> TaskOutcome {
        guard task.dispatch.isInTwoHalves else {
            try await wait(delay, for: task)
            throw failure
        }
        return .submittedThen(Payload(.object(JSONObject()))) {
            try await wait(delay, for: task)
            throw failure
        }
    }

    /// Lets the time before a response pass.
    private func wait(_ delay: Int64, for task: ConnectorTask) async throws {
        guard delay > 0, let engine = await engine.value() else { return }
        try await engine.pass(milliseconds: delay, task.rest())
    }

    /// Behind a bare function ARN stands the Invoke response, whose `Payload` is the output.
    private func output(_ value: JSONValue, of task: ConnectorTask) throws -> JSONValue {
        guard case .lambdaFunction = TaskResourceName(task.dispatch.resource).kind else {
            return value
        }
        guard case .object(let response) = value, let payload = response["Payload"] else {
            throw TaskFailure(
                error: ErrorName.runtime,
                cause: "The mocked response of the function '\(task.dispatch.resource)' needs a "
                    + "'Payload' beside its 'StatusCode'."
            )
        }
        return payload
    }
}

extension TaskOffer {
    /// The name in the state machine's ARN, without the label of a distributed Map state.
    var stateMachineName: String {
        let parts = stateMachineARN.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 7)
        guard parts.count > 6 else { return stateMachineARN }
        return String(Substring(parts[6].prefix { $0 != UInt8(ascii: "/") }))
    }
}

extension Failure {
    /// Whether a task failed because its test case has no response for the invocation.
    package var isMissingResponse: Bool {
        error == ErrorName.runtime && cause?.hasPrefix("\(MockConnector.missing) '") == true
    }
}
