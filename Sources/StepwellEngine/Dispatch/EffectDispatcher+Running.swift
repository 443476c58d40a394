import Logging
import StepwellHistory
import StepwellInterpreter
import Synchronization

/// How one task is done, from its turn in the queue to its result.
extension EffectDispatcher {
    /// How far the connector's own part of a task has come.
    private enum Begun: Sendable {
        /// Nobody waits for more.
        case ended
        /// The rest takes its time.
        case submitted(TaskLabel, @Sendable () async throws -> Payload)
    }

    /// What a task is to be done with is let go of before its second half, which may take a year.
    func run(_ queued: Queued) async {
        guard case .submitted(let label, let finish) = await begin(queued) else { return }
        stepAside(queued.key)
        let input = await outcome(of: label.key.ordinal, isSubmitting: false) {
            .taskSucceeded(label.key.ordinal, output: try await finish())
        }
        if let input { await deliver(input, of: label) }
    }

    private func begin(_ queued: Queued) async -> Begun {
        guard let assignment = await assignment(of: queued) else { return .ended }
        let label = TaskLabel(assignment)
        state.withLock { $0.running[queued.key]?.label = label }
        let ordinal = label.key.ordinal
        let isSubmitting = assignment.dispatch.isInTwoHalves && !assignment.isSubmitted
        var rest: (@Sendable () async throws -> Payload)?
        let input = await outcome(of: ordinal, isSubmitting: isSubmitting) {
            switch try await work(on: assignment) {
            case .succeeded(let output): return .taskSucceeded(ordinal, output: output)
            case .submitted(let output): return .taskSubmitted(ordinal, output: output)
            case .submittedThen(let output, let finish):
                rest = finish
                return assignment.isSubmitted ? nil : .taskSubmitted(ordinal, output: output)
            }
        }
        if let input { await deliver(input, of: label) }
        return rest.map { .submitted(label, $0) } ?? .ended
    }

    /// What a task is to be done with: held since it was queued, or told again.
    private func assignment(of queued: Queued) async -> TaskAssignment? {
        if let held = state.withLock({ $0.takeHeld(queued.key) }) { return held }
        var rest = Duration.milliseconds(20)
        while !isClosed {
            let recall = listeners.withLock { $0.recall }
            switch await recall?(queued.key) ?? .failure(.shuttingDown) {
            case .success(var assignment):
                assignment?.isRedelivery = queued.isRedelivery
                return assignment
            case .failure(let error):
                logger.warning("a task is not redelivered yet", metadata: ["error": "\(error)"])
                do { try await Task.sleep(for: rest) } catch { return nil }
                rest = min(rest * 2, .seconds(2))
            }
        }
        return nil
    }

    /// The input that a part of a task leads to; nil when it was called back.
    private func outcome(
        of ordinal: Ordinal,
        isSubmitting: Bool,
        _ work: () async throws -> Input?
    ) async -> Input? {
        do {
            return try await work()
        } catch {
            // A handler that was called back says so in its own way; that is no result.
            if Task.isCancelled { return nil }
            let told =
                (error as? TaskFailure)?.failure
                ?? Failure(error: "States.TaskFailed", cause: String(describing: error))
            return isSubmitting
                ? .taskSubmitFailed(ordinal, told) : .taskFailed(ordinal, told)
        }
    }

    private func work(on assignment: TaskAssignment) async throws -> TaskOutcome {
        let task = connectorTask(assignment)
        guard let connector = registry.connector(for: task) else {
            throw TaskFailure.noHandler(for: assignment.dispatch)
        }
        if let denial = permissions?.denial(of: task, by: connector) { throw denial }
        let trace = assignment.traceHeader.map { TraceContext(header: $0) }
        return try await TraceContext.$current.withValue(trace) {
            try await observer.observing(assignment) { try await connector.run(task) }
        }
    }

    func connectorTask(_ assignment: TaskAssignment) -> ConnectorTask {
        let key = assignment.key
        var task = ConnectorTask(
            dispatch: assignment.dispatch,
            execution: key.execution,
            executionARN: assignment.executionARN,
            stateMachineARN: assignment.stateMachineARN,
            testCase: assignment.testCase,
            token: assignment.token,
            isRedelivery: assignment.isRedelivery,
            heartbeat: { [weak self] in try await self?.heartbeat(key) }
        )
        task.roleARN = assignment.roleARN
        task.isSubmitted = assignment.isSubmitted
        task.submitted = assignment.submitted
        task.traceHeader = assignment.traceHeader
        task.rest = { [weak self] in self?.rest(of: key) ?? .uncounted() }
        task.isGivenUp = { [weak self] in self?.isClosed == false }
        return task
    }

    private func heartbeat(_ key: TaskKey) async throws {
        switch await send(key.execution, .taskHeartbeat(key.ordinal)) {
        case .accepted: return
        case .refused, .unknown: throw ServiceError.taskTimedOut
        case .failed(let error): throw error
        }
    }

    /// Sends a result until it is recorded, or nobody wants it.
    private func deliver(_ input: Input, of label: TaskLabel) async {
        var rest = Duration.milliseconds(20)
        while true {
            switch await send(label.key.execution, input) {
            case .accepted:
                return
            case .refused, .unknown:
                logger.debug("late result refused", metadata: ["task": "\(label)"])
                return
            case .failed(let error):
                guard !isClosed else { return }
                logger.warning("result not recorded yet", metadata: ["error": "\(error)"])
                do { try await Task.sleep(for: rest) } catch { return }
                rest = min(rest * 2, .seconds(2))
            }
        }
    }

    func send(_ execution: ExecutionNumber, _ input: Input) async -> InputAnswer {
        guard let sender = listeners.withLock({ $0.result }) else {
            return .failed(.shuttingDown)
        }
        return await sender(execution, input)
    }
}
