import StepwellEngine
import StepwellHistory
import StepwellTesting
import Synchronization
import Testing

/// Reads are done by threads of their own, and callers take turns.
@Suite("Reading", .timeLimit(.minutes(10)))
struct ReadPoolTests {
    /// Holds up reads of more than one record while its gate is closed: pages of histories.
    private final class Held: Sendable {
        private let gate = Gate()
        /// How many reads of more than one record have begun since the gate was closed.
        let begun = Atomic<Int>(0)

        func pass(_ ordinals: ClosedRange<Ordinal>) {
            guard ordinals.lowerBound != ordinals.upperBound else { return }
            begun.add(1, ordering: .sequentiallyConsistent)
            gate.pass()
        }

        func close() {
            begun.store(0, ordering: .sequentiallyConsistent)
            gate.close()
        }

        func open() { gate.open() }

        /// Waits until so many reads have begun.
        func wait(forReads count: Int) async {
            while begun.load(ordering: .sequentiallyConsistent) < count { await Task.yield() }
        }
    }

    private let held = Held()
    private let store: ShapedStore

    init() {
        store = ShapedStore(beforeRead: { [held] in held.pass($0) })
    }

    private func engine(_ limits: (inout EngineLimits) -> Void = { _ in }) throws -> Engine {
        var configuration = EngineConfiguration()
        configuration.silence()
        limits(&configuration.limits)
        return try Engine(store: store, configuration: configuration, clock: VirtualClock())
    }

    private func executions(_ count: Int, on engine: Engine) async throws -> [String] {
        let machine = try await engine.create("m", Machines.pass)
        var executions: [String] = []
        for number in 0..<count {
            let execution = try await engine.start(machine, name: "e\(number)")
            _ = try await engine.waitForExecution(arn: execution)
            executions.append(execution)
        }
        return executions
    }

    private func waitForQueue(_ count: Int, of engine: Engine) async {
        while engine.queuedReads != count { await Task.yield() }
    }

    private static func history(of execution: String, on engine: Engine) async throws -> Int {
        let request = GetExecutionHistoryRequest(executionARN: execution)
        return try await engine.getExecutionHistory(request).items.count
    }

    @Test("reads that stand still keep nobody from being started, described and probed")
    func standstill() async throws {
        let engine = try engine()
        let executions = try await executions(4, on: engine)
        held.close()
        let readers = executions.prefix(3).map { execution in
            Task { try await Self.history(of: execution, on: engine) }
        }
        await held.wait(forReads: 2)
        await waitForQueue(1, of: engine)

        try await engine.checkReadiness()
        let started = try await engine.start(
            executions[0].replacing(":execution:", with: ":stateMachine:").dropName,
            name: "late"
        )
        #expect(try await engine.waitForExecution(arn: started).status == .succeeded)
        for execution in executions {
            let described = try await engine.describeExecution(arn: execution)
            #expect(described.status == .succeeded)
        }
        #expect(engine.queuedReads == 1)

        held.open()
        for reader in readers { #expect(try await reader.value == 4) }
        await engine.shutdown()
    }

    @Test("callers take turns, one read each")
    func fairness() async throws {
        let engine = try engine { $0.pageReads = 1 }
        let executions = try await executions(5, on: engine)
        held.close()
        _ = store.takeRead()
        let callers = (0..<3).map { _ in Held() }
        // Who reads which execution, in the order in which they come.
        let orders = [(0, 0), (0, 1), (0, 2), (1, 3), (2, 4)]
        var readers: [Task<Int, any Error>] = []
        for (place, (caller, execution)) in orders.enumerated() {
            let task = Task {
                try await ReadCaller.$assigned.withValue(ReadCaller(callers[caller])) {
                    try await Self.history(of: executions[execution], on: engine)
                }
            }
            readers.append(task)
            if place == 0 {
                await held.wait(forReads: 1)
            } else {
                await waitForQueue(place, of: engine)
            }
        }
        held.open()
        for reader in readers { #expect(try await reader.value == 4) }
        let order = store.takeRead().map { $0.execution.rawValue }
        let first = try #require(order.first)
        #expect(order.map { $0 - first } == [0, 1, 3, 4, 2])
        await engine.shutdown()
    }

    @Test("children of a Map Run are looked at in pieces, between which others read")
    func pieces() async throws {
        let gate = Gate()
        let isArmed = Atomic(false)
        let lookups = Atomic(0)
        // The lookups while which nobody waits any more, behind the one that is held up.
        let lookupsAlone = Atomic(0)
        let beside = Mutex<Engine?>(nil)
        let store = ShapedStore(beforeLookup: { machine in
            guard machine.utf8.contains(UInt8(ascii: "/")),
                isArmed.load(ordering: .sequentiallyConsistent)
            else { return }
            let count = lookups.add(1, ordering: .sequentiallyConsistent).newValue
            if count == 500 { gate.pass() }
            if count > 500, beside.withLock({ $0 })?.queuedReads == 0 {
                lookupsAlone.add(1, ordering: .sequentiallyConsistent)
            }
        })
        var configuration = EngineConfiguration()
        configuration.silence()
        configuration.limits.pageReads = 1
        let engine = try Engine(store: store, configuration: configuration, clock: VirtualClock())
        let machine = try await engine.create("m", Machines.failingMap)
        let items = "[" + [String](repeating: "0", count: 1_500).joined(separator: ",") + "]"
        let execution = try await engine.start(machine, name: "one", input: items)
        #expect(try await engine.waitForExecution(arn: execution).status == .succeeded)
        let runs = try await engine.listMapRuns(
            executionARN: execution,
            maxResults: 1,
            nextToken: nil
        )
        let run = try #require(runs.items.first).mapRunARN

        gate.close()
        isArmed.store(true, ordering: .sequentiallyConsistent)
        let described = Task { try await engine.describeMapRun(arn: run) }
        while lookups.load(ordering: .sequentiallyConsistent) < 500 { await Task.yield() }
        let reader = Task {
            let request = GetExecutionHistoryRequest(executionARN: execution, maxResults: 1)
            return try await engine.getExecutionHistory(request)
        }
        await waitForQueue(1, of: engine)
        beside.withLock { $0 = engine }
        gate.open()
        _ = try await reader.value
        #expect(try await described.value.itemCounts.failed == 1_500)
        #expect(lookups.load(ordering: .sequentiallyConsistent) == 1_500)
        #expect(lookupsAlone.load(ordering: .sequentiallyConsistent) > 0)
        beside.withLock { $0 = nil }
        await engine.shutdown()
    }

    @Test("definitions too are read outside of the callers' tasks")
    func definitions() async throws {
        let areInTasks = Mutex<[Bool]>([])
        let store = ShapedStore(beforeRead: { _ in
            let isInTask = withUnsafeCurrentTask { $0 != nil }
            areInTasks.withLock { $0.append(isInTask) }
        })
        var configuration = EngineConfiguration()
        configuration.silence()
        configuration.limits.definitionCacheBytes = 0
        let engine = try Engine(store: store, configuration: configuration, clock: VirtualClock())
        let machines = [
            try await engine.create("a", Machines.pass),
            try await engine.create("b", Machines.wait(seconds: 1)),
        ]
        areInTasks.withLock { $0 = [] }
        for machine in machines + machines {
            _ = try await engine.describeStateMachine(arn: machine)
            let execution = try await engine.start(machine)
            _ = try await engine.describeStateMachineForExecution(executionARN: execution)
        }
        #expect(areInTasks.withLock { $0.count } >= 4)
        #expect(areInTasks.withLock { !$0.contains(true) })
        await engine.shutdown()
    }

    @Test("more reads than may wait are refused, of one caller and in all")
    func refusals() async throws {
        let engine = try engine {
            $0.pageReads = 1
            $0.queuedReads = 2
            $0.queuedReadsPerCaller = 1
        }
        let executions = try await executions(1, on: engine)
        held.close()
        let callers = (0..<3).map { _ in Held() }
        var readers: [Task<Int, any Error>] = []
        for (place, caller) in [callers[0], callers[0], callers[1]].enumerated() {
            let task = Task {
                try await ReadCaller.$assigned.withValue(ReadCaller(caller)) {
                    try await Self.history(of: executions[0], on: engine)
                }
            }
            readers.append(task)
            if place == 0 {
                await held.wait(forReads: 1)
            } else {
                await waitForQueue(place, of: engine)
            }
        }
        for caller in [callers[0], callers[2]] {
            let error = await #expect(throws: ServiceError.self) {
                try await ReadCaller.$assigned.withValue(ReadCaller(caller)) {
                    try await Self.history(of: executions[0], on: engine)
                }
            }
            #expect(error?.code == "ThrottlingException")
        }
        held.open()
        for reader in readers { #expect(try await reader.value == 4) }
        await engine.shutdown()
    }

    @Test("who does not wait any more is not read for")
    func cancellation() async throws {
        let engine = try engine { $0.pageReads = 1 }
        let executions = try await executions(2, on: engine)
        held.close()
        let first = Task { try await Self.history(of: executions[0], on: engine) }
        await held.wait(forReads: 1)
        let second = Task { try await Self.history(of: executions[1], on: engine) }
        await waitForQueue(1, of: engine)
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        #expect(engine.queuedReads == 0)
        held.open()
        #expect(try await first.value == 4)
        #expect(held.begun.load(ordering: .sequentiallyConsistent) == 1)
        await engine.shutdown()
    }
}

extension String {
    /// A state machine's ARN from an execution's with the kind replaced.
    fileprivate var dropName: String {
        String(self[..<(lastIndex(of: ":") ?? endIndex)])
    }
}
