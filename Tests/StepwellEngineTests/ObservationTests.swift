import CoreMetrics
import InMemoryTracing
import MetricsTestKit
import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellTesting
import Synchronization
import Testing
import Tracing

/// What operators see of an engine: metrics, spans, alarms.
@Suite("Observation", .timeLimit(.minutes(10)))
struct ObservationTests {
    /// The one tracer of the process: a span is told from those of other tests by its execution.
    private static let tracer: InMemoryTracer = {
        let tracer = InMemoryTracer()
        InstrumentationSystem.bootstrap(tracer)
        return tracer
    }()

    private func engine(
        _ store: any EventStore,
        _ metrics: TestMetrics,
        _ answers: [ScriptedConnector.Answer] = [],
        endless: EndlessConnector = EndlessConnector(),
        setUp: (inout EngineConfiguration) -> Void = { _ in }
    ) throws -> Engine {
        var configuration = EngineConfiguration()
        configuration.silence()
        setUp(&configuration)
        return try withMetricsFactory(metrics) {
            try Engine(
                store: store,
                configuration: configuration,
                connectors: [ScriptedConnector("work", answers: answers), endless],
                clock: VirtualClock()
            )
        }
    }

    private func spans(_ name: String, of arn: String) -> [FinishedInMemorySpan] {
        Self.tracer.finishedSpans.filter {
            $0.operationName == name
                && $0.attributes["stepwell.execution.arn"]?.toSpanAttribute() == .string(arn)
        }
    }

    @Test("starts, ends, states, commits and tasks are counted")
    func metrics() async throws {
        let metrics = TestMetrics()
        let store = SimulatedStore()
        let answers: [ScriptedConnector.Answer] = [
            .succeed(1), .fail(error: "Broken", cause: nil),
        ]
        let endless = EndlessConnector()
        let engine = try engine(store, metrics, answers, endless: endless)
        let machine = try await engine.create("m", Machines.task)
        for status in [ExecutionStatus.succeeded, .failed] {
            let arn = try await engine.start(machine)
            #expect(try await engine.waitForExecution(arn: arn).status == status)
        }
        store.failAppend(1, with: .failed)
        await #expect(throws: ServiceError.self) { try await engine.start(machine) }
        let worker = try await engine.create("w", Machines.callback)
        let stopped = try await engine.start(worker)
        await endless.waitUntilStarted(1)
        _ = try await engine.stopExecution(arn: stopped, error: nil, cause: nil)
        await engine.shutdown()

        func total(_ label: String, _ status: String? = nil) -> Int64 {
            guard let status else { return metrics.counterTotal(label: label) }
            return metrics.counterTotal(label: label, dimensions: [("status", status)])
        }
        #expect(total("stepwell_executions_started") >= 3)
        #expect(total("stepwell_executions_closed", "SUCCEEDED") == 1)
        #expect(total("stepwell_executions_closed", "FAILED") == 1)
        #expect(total("stepwell_executions_closed", "ABORTED") == 1)
        #expect(total("stepwell_state_transitions") >= 3)
        #expect(total("stepwell_commit_failures") == 1)
        #expect(try metrics.expectTimer("stepwell_task_duration").values.count == 3)
        let turns = try metrics.expectRecorder("stepwell_commit_turns").values
        #expect(try metrics.expectTimer("stepwell_commit_duration").values.count == turns.count)
        var durable = 0
        _ = try store.scan(from: nil) { _ in
            durable += 1
            return .proceed
        }
        #expect(Int(turns.reduce(0, +)) == durable)
        #expect(try metrics.expectGauge("stepwell_resident_executions").values.contains(1))
        #expect(try !metrics.expectGauge("stepwell_queued_messages").values.isEmpty)
    }

    @Test("an execution and each of its tasks have a span")
    func spans() async throws {
        _ = Self.tracer
        let engine = try engine(
            SimulatedStore(storeID: [UInt8](repeating: 0x52, count: 16)),
            TestMetrics(),
            [.fail(error: "Flaky", cause: nil), .succeed(2), .fail(error: "Broken", cause: nil)]
        )
        let machine = try await engine.create("traced", Machines.retried)
        let good = try await engine.start(machine, name: "good")
        let closed = try await engine.waitForExecution(arn: good)
        let bad = try await engine.start(machine, name: "bad")
        #expect(try await engine.waitForExecution(arn: bad).status == .failed)
        await engine.shutdown()

        let whole = try #require(spans("stepwell.execution", of: good).first)
        #expect(spans("stepwell.execution", of: good).count == 1)
        #expect(whole.status == nil)
        let begin = closed.startDate.milliseconds
        #expect(whole.startInstant.nanosecondsSinceEpoch == UInt64(begin) * 1_000_000)
        let end = try #require(closed.stopDate).milliseconds
        #expect(whole.endInstant.nanosecondsSinceEpoch == UInt64(end) * 1_000_000)
        #expect(end - begin == 10_000)
        let machineARN = whole.attributes["stepwell.state_machine.arn"]?.toSpanAttribute()
        #expect(machineARN == .string(machine))
        #expect(spans("stepwell.execution", of: bad).map(\.status?.code) == [.error])

        let deliveries = spans("stepwell.task", of: good)
        #expect(deliveries.count == 2)
        for span in deliveries {
            #expect(span.kind == .client)
            let state = span.attributes["stepwell.task.state"]?.toSpanAttribute()
            #expect(state == .string("T"))
        }
        #expect(spans("stepwell.task", of: bad).count == 1)
    }

    @Test("dead readers are removed and counted; one that stays behind raises an alarm, once")
    func readers() async throws {
        let metrics = TestMetrics()
        let log = RecordingLog()
        let reports = Mutex([
            ReaderReport(cleared: 2, lag: 50, process: 7), ReaderReport(lag: 60, process: 7),
            ReaderReport(),
        ])
        let store = ShapedStore(readers: {
            reports.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
        })
        let engine = try engine(store, metrics) {
            $0.logger = log.logger
            $0.limits.readerLagAlarm = 50
        }
        // Each commit is followed by a check.
        for name in ["a", "b", "c"] { _ = try await engine.create(name, Machines.pass) }
        await engine.shutdown()

        #expect(metrics.counterTotal(label: "stepwell_dead_readers") == 2)
        let lags = try metrics.expectGauge("stepwell_reader_lag_commits").values
        #expect(lags.prefix(3) == [50, 60, 0])
        let about = log.lines.filter { $0.contains("reader") }
        #expect(
            about == [
                "notice: removed readers that died",
                "warning: a reader keeps old pages from being reused",
                "notice: no reader is far behind any more",
            ]
        )
    }
}
