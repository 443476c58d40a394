import Logging
package import StepwellEngine
import StepwellHistory
import StepwellIntegrations
import StepwellInterpreter
import StepwellJSON
import StepwellTesting

/// Runs cases, each on an engine of its own: in memory, with a clock that skips what is waited for,
/// and with randomness that follows from the suite's seed.
package struct CaseRunner: Sendable {
    private let suite: Suite
    private let patience: Duration
    private let configure: @Sendable (inout EngineConfiguration) -> Void

    /// The name under which mocks and expectations are given to the engine.
    private static let testCase = "case"

    /// A runner of a suite's cases.
    ///
    /// - Parameters:
    ///   - suite: The suite.
    ///   - patience: How long a case may take by the world's clock.
    ///   - configure: Adds what tasks may use beside the mocks.
    package init(
        _ suite: Suite,
        patience: Duration,
        configure: @escaping @Sendable (inout EngineConfiguration) -> Void
    ) {
        self.suite = suite
        self.patience = patience
        self.configure = configure
    }

    /// Runs a case and judges it.
    package func run(_ testCase: SuiteCase) async -> CaseResult {
        let began = ContinuousClock.now
        var outcome: CaseOutcome?
        let verdict: CaseResult.Verdict
        if let reason = testCase.skipped {
            verdict = .skipped(reason)
        } else {
            do {
                let found = try await ended(testCase)
                outcome = found
                let judge = CaseJudge(suite: suite, outcome: found, expected: testCase.expected)
                let problems = judge.problems()
                verdict = problems.isEmpty ? .passed : .failed(problems)
            } catch {
                verdict = .broken("\(error)")
            }
        }
        let (seconds, attoseconds) = (ContinuousClock.now - began).components
        return CaseResult(
            name: testCase.name,
            line: suite.document.problem("", at: testCase.place).line,
            verdict: verdict,
            outcome: outcome,
            seconds: Double(seconds) + Double(attoseconds) * 1e-18
        )
    }

    private func ended(_ testCase: SuiteCase) async throws -> CaseOutcome {
        let store = SimulatedStore()
        let clock = VirtualClock(start: suite.start)
        let home = EngineHome(suite)
        var configuration = EngineConfiguration()
        configuration.region = home.region
        configuration.account = home.account
        configuration.logger = Logger(label: "sfnctl") { _ in SwiftLogNoOpLogHandler() }
        configure(&configuration)
        var activities: [String: [String: [MockConfiguration.Response]]] = [:]
        if case .execution(let mocks) = testCase.subject {
            let parted = parted(mocks)
            activities = parted.activities
            configuration.mocks = FixedMocks(
                MockConfiguration(testCase: Self.testCase, parted.tasks),
                name: suite.document.name
            )
        }
        let engine = try Engine(
            store: store,
            configuration: configuration,
            clock: clock,
            entropy: SeededEntropy(seed: suite.seed)
        )
        let ended: Result<CaseOutcome, any Error>
        do {
            ended = .success(try await run(testCase, activities, on: engine, store, clock))
        } catch {
            ended = .failure(error)
        }
        await engine.shutdown()
        return try ended.get()
    }

    private typealias Mocks = [String: [String: [MockConfiguration.Response]]]

    /// The mocks of what activities' workers do, and all others; every state machine has some, so
    /// that the test case is known to each.
    private func parted(_ mocks: Mocks) -> (tasks: Mocks, activities: Mocks) {
        var (tasks, activities): (Mocks, Mocks) = ([:], [:])
        for machine in suite.machines {
            let states = mocks[machine.name] ?? [:]
            tasks[machine.name] = states.filter { !machine.isActivity($0.key) }
            activities[machine.name] = states.filter { machine.isActivity($0.key) }
        }
        return (tasks, activities)
    }

    private func run(
        _ testCase: SuiteCase,
        _ activities: Mocks,
        on engine: Engine,
        _ store: SimulatedStore,
        _ clock: VirtualClock
    ) async throws -> CaseOutcome {
        switch testCase.subject {
        case .state(let request): return try await tried(request, on: engine, clock)
        case .execution: break
        }
        for name in Set(suite.machines.flatMap(\.activities)) {
            let parts = name.split(separator: ":")
            _ = try await engine.createActivity(name: String(parts.last ?? ""))
        }
        for machine in suite.others { _ = try await create(machine, on: engine) }
        let arn = try await create(suite.machine, on: engine)
        let workers = StandInWorkers(engine: engine, store: store, mocks: activities)
        return try await workers.working(for: suite.machines.flatMap(\.activities)) {
            let request = StartExecutionRequest(
                stateMachineARN: "\(arn)#\(Self.testCase)",
                name: "test",
                input: testCase.input
            )
            let started = try await engine.startExecution(request)
            let watch = CaseWatch(engine: engine, clock: clock, patience: patience)
            let found = try await watch.end(of: started.executionARN)
            return try outcome(found, store, clock)
        }
    }

    private func create(_ machine: SuiteMachine, on engine: Engine) async throws -> String {
        let request = CreateStateMachineRequest(
            name: machine.name,
            definition: machine.text,
            roleARN: engine.role("stepwell"),
            type: machine.type
        )
        return try await engine.createStateMachine(request).stateMachineARN
    }

    private func outcome(
        _ found: DescribeExecutionResponse,
        _ store: SimulatedStore,
        _ clock: VirtualClock
    ) throws -> CaseOutcome {
        var outcome = CaseOutcome(status: SuiteStatus(found.status))
        outcome.output = found.output
        outcome.failure = found.failure
        let end = found.stopDate ?? clock.now()
        outcome.elapsed = end.milliseconds - found.startDate.milliseconds
        let traces = try TraceReader.traces(of: store.allTurns())
        for (_, trace) in traces.sorted(by: { $0.key < $1.key }) {
            if trace.executionARN == found.executionARN {
                outcome.trace = trace
                outcome.variables = trace.variables
            } else {
                outcome.others.append(trace)
            }
        }
        return outcome
    }

    private func tried(
        _ request: TestStateRequest,
        on engine: Engine,
        _ clock: VirtualClock
    ) async throws -> CaseOutcome {
        let began = clock.now()
        let response = try await engine.testState(request)
        var outcome = CaseOutcome(status: SuiteStatus(response.outcome.status))
        outcome.output = response.outcome.output
        outcome.failure = response.outcome.failure
        outcome.next = response.outcome.nextState
        outcome.variables = response.variables
        outcome.elapsed = clock.now().milliseconds - began.milliseconds
        return outcome
    }
}
