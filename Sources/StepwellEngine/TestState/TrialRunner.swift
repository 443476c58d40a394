import StepwellHistory
import StepwellInterpreter
import Synchronization

/// Brings a trial what it waits for: the engine's connectors, and the time.
struct TrialRunner {
    let engine: Engine
    let start: StartInput
    let inspector: ExchangeInspector

    /// How long TestState runs (API reference, "TestState").
    private static let limit: Int64 = 300_000

    /// What may happen while a trial waits.
    private enum Event: Sendable {
        case input(Input)
        case timeIsUp
    }

    /// Runs a trial to its end; a state that takes longer than five minutes fails with
    /// `States.Timeout`.
    func run(_ trial: inout StateTrial) async throws -> StateTrialOutcome {
        let began = engine.clock.now()
        let deadline = began.advanced(byMilliseconds: Self.limit)
        let (events, source) = AsyncStream<Event>.makeStream()
        var work: Task<Void, Never>?
        var progress: StateTrial.Progress
        (trial, progress) = try await stepped(trial) { $0.begin(at: began) }
        var iterator = events.makeAsyncIterator()
        defer {
            work?.cancel()
            source.finish()
        }
        while true {
            switch progress {
            case .ended(let outcome): return outcome
            case .task(let task):
                work = Task { source.yield(.input(await done(task, telling: source))) }
            case .waiting: break
            }
            let isIdle = work == nil
            let alarm = alarm(for: trial, before: deadline, whileIdle: isIdle, telling: source)
            let event = await iterator.next()
            alarm.cancel()
            switch event {
            case nil: throw CancellationError()
            case .timeIsUp?: return Self.timedOut
            case .input(let input)?:
                let now = engine.clock.now()
                (trial, progress) = try await stepped(trial) { $0.resume(with: input, at: now) }
            }
        }
    }

    /// A trial that has gone on: what it evaluates is for the threads that may take their time.
    private func stepped(
        _ trial: StateTrial,
        _ step: @escaping @Sendable (inout StateTrial) -> StateTrial.Progress
    ) async throws -> (StateTrial, StateTrial.Progress) {
        try await engine.judging.read(.page) {
            var trial = trial
            let progress = step(&trial)
            return (trial, progress)
        }
    }

    private static let timedOut = StateTrialOutcome(
        status: .failed,
        failure: Failure(
            error: "States.Timeout",
            cause: "The state ran for longer than the five minutes that TestState allows."
        )
    )

    /// Fires the earliest timer when it is due, or ends the trial at the deadline; `isIdle` says
    /// that no work is being done for it.
    private func alarm(
        for trial: StateTrial,
        before deadline: Timestamp,
        whileIdle isIdle: Bool,
        telling source: AsyncStream<Event>.Continuation
    ) -> Task<Void, Never> {
        let clock = engine.clock
        let timer = trial.timer
        return Task {
            let due = min(timer?.due ?? deadline, deadline)
            while clock.now() < due {
                let rest = clock.nanoseconds(until: due, whileIdle: isIdle)
                let nanoseconds = min(rest, 1_000_000_000)
                do { try await Task.sleep(nanoseconds: nanoseconds) } catch { return }
            }
            if let timer, timer.due <= deadline {
                source.yield(.input(.timerFired(timer.ordinal)))
            } else {
                source.yield(.timeIsUp)
            }
        }
    }

    /// Has a task done by the connector that serves it.
    private func done(
        _ dispatch: TaskDispatch,
        telling source: AsyncStream<Event>.Continuation
    ) async -> Input {
        let ordinal = dispatch.ordinal
        var task = ConnectorTask(
            dispatch: dispatch,
            execution: ExecutionNumber(0),
            executionARN: start.executionARN,
            stateMachineARN: start.stateMachineARN,
            heartbeat: { source.yield(.input(.taskHeartbeat(ordinal))) }
        )
        task.roleARN = start.roleARN
        task.inspector = inspector
        do {
            guard let connector = engine.registry.connector(for: task) else {
                throw TaskFailure.noHandler(for: dispatch)
            }
            if let denial = engine.configuration.permissions?.denial(of: task, by: connector) {
                throw denial
            }
            switch try await connector.run(task) {
            case .succeeded(let output): return .taskSucceeded(ordinal, output: output)
            case .submittedThen(_, let rest):
                return .taskSucceeded(ordinal, output: try await rest())
            case .submitted(let output): return .taskSubmitted(ordinal, output: output)
            }
        } catch let failure as TaskFailure {
            return .taskFailed(ordinal, failure.failure)
        } catch {
            let cause = String(describing: error)
            return .taskFailed(ordinal, Failure(error: "States.TaskFailed", cause: cause))
        }
    }
}

extension TaskFailure {
    /// Nothing that the engine has does this task.
    static func noHandler(for task: TaskDispatch) -> TaskFailure {
        let failure = Failure.noHandler(resource: task.resource, stateName: task.stateName)
        return TaskFailure(error: failure.error, cause: failure.cause)
    }
}
