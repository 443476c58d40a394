import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellTesting
import Synchronization
import Testing

@Suite("Ending the engine", .timeLimit(.minutes(10)))
struct ShutdownTests {
    /// A handler that does not notice that it is cancelled, until it is let go.
    private final class StubbornConnector: TaskConnector {
        private let stream: AsyncStream<Void>
        private let continuation: AsyncStream<Void>.Continuation
        private let started = Atomic<Bool>(false)

        init() {
            (stream, continuation) = AsyncStream<Void>.makeStream()
        }

        func serves(_ resource: String) -> Bool { true }

        func run(_ task: ConnectorTask) async throws -> TaskOutcome {
            started.store(true, ordering: .releasing)
            let stream = stream
            // A task of its own is not cancelled with this one.
            await Task.detached { for await _ in stream {} }.value
            return .succeeded(task.dispatch.parameters)
        }

        func waitUntilStarted() async {
            while !started.load(ordering: .acquiring) { await Task.yield() }
        }

        func letGo() { continuation.finish() }
    }

    private func engine(
        _ store: any EventStore,
        _ connectors: [any TaskConnector] = []
    ) throws -> Engine {
        var configuration = EngineConfiguration()
        configuration.silence()
        configuration.limits.shutdownMilliseconds = 100
        return try Engine(
            store: store,
            configuration: configuration,
            connectors: connectors,
            clock: VirtualClock(skips: false)
        )
    }

    @Test("A handler that does not return does not hold it up")
    func stubbornHandler() async throws {
        let connector = StubbornConnector()
        let engine = try engine(SimulatedStore(), [connector])
        let machine = try await engine.create("m", Machines.task)
        _ = try await engine.start(machine)
        await connector.waitUntilStarted()
        await engine.shutdown()
        connector.letGo()
    }

    @Test("Nothing is said of handlers where there are none, however short the time")
    func nothingLeft() async throws {
        for _ in 0..<50 {
            let log = RecordingLog()
            var configuration = EngineConfiguration()
            configuration.logger = log.logger
            configuration.limits.shutdownMilliseconds = 0
            let engine = try Engine(
                store: SimulatedStore(),
                configuration: configuration,
                clock: VirtualClock(skips: false)
            )
            await engine.shutdown()
            #expect(log.lines.filter { $0.contains("handlers") } == [])
        }
    }

    @Test("Who asks for a name that is taken is told, whatever commit finds that out last")
    func lateRefusal() async throws {
        let gate = Gate()
        let appends = Atomic(0)
        var configuration = EngineConfiguration()
        configuration.silence()
        let store = ShapedStore(beforeAppend: {
            appends.add(1, ordering: .sequentiallyConsistent)
            gate.pass()
        })
        let engine = try Engine(
            store: store,
            configuration: configuration,
            clock: VirtualClock(skips: false)
        )
        let machine = try await engine.create("m", Machines.wait(seconds: 60))
        _ = try await engine.start(machine, name: "one", input: "1")
        gate.close()
        let before = appends.load(ordering: .sequentiallyConsistent)
        async let again = Result(catchingAsync: {
            try await engine.start(machine, name: "one", input: "2")
        })
        while appends.load(ordering: .sequentiallyConsistent) == before { await Task.yield() }
        async let ended: Void = engine.shutdown()
        // The thread that decides takes nothing more: what the commit says comes too late for it.
        while (try? await engine.listStateMachines(maxResults: 1, nextToken: nil)) != nil {
            await Task.yield()
        }
        gate.open()
        await ended
        #expect(await again.failure != nil)
    }

    @Test("A disk that does not answer does not hold it up, and callers are told")
    func silentDisk() async throws {
        let gate = Gate()
        let engine = try engine(ShapedStore(beforeAppend: { gate.pass() }))
        let machine = try await engine.create("m", Machines.pass)
        gate.close()
        async let started = Result(catchingAsync: { try await engine.start(machine) })
        await engine.shutdown()
        let code = await started.failure.map { ($0 as? ServiceError)?.code.rawValue }
        #expect(code == "ServiceUnavailable")
        gate.open()
    }
}

extension Result where Failure == any Error, Success: Sendable {
    fileprivate init(catchingAsync body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }

    fileprivate var failure: (any Error)? {
        if case .failure(let error) = self { error } else { nil }
    }
}
