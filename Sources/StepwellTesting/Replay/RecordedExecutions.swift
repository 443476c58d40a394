public import Stepwell
import StepwellEngine
import StepwellHistory
import StepwellStore

/// The logs of executions, to prove that a definition, or a newer version of this package, still
/// makes of the recorded inputs what was made of them.
///
/// A log holds everything that came from outside: the start, the results of tasks, the times at
/// which timers fired. Replaying it with another definition shows whether that definition would
/// have done the same, event by event, payload by payload:
///
/// ```swift
/// let recorded = try RecordedExecutions(file: "Tests/Recorded/orders.json")
/// let report = try recorded.replay(with: .file("orders.asl.json"))
/// #expect(report.divergences.isEmpty)
/// ```
///
/// Executions that run keep the definition that they began with, so a divergence breaks none of
/// them; it says what changes for those that are started from now on.
public struct RecordedExecutions: Sendable {
    let executions: [RecordedExecution]

    init(_ executions: [RecordedExecution]) {
        self.executions = executions
    }

    /// Every execution of an engine, as it is on disk now; of one state machine, when its name is
    /// given.
    ///
    /// - Throws: ``RecordingError`` when a log cannot be read.
    public init(of engine: WorkflowEngine, stateMachine: String? = nil) throws {
        try self.init(store: engine.engine.store, stateMachine)
    }

    /// Every execution in a store in memory; of one state machine, when its name is given.
    ///
    /// - Throws: ``RecordingError`` when a log cannot be read.
    public init(in store: MemoryStore, stateMachine: String? = nil) throws {
        try self.init(store: store.store, stateMachine)
    }

    /// Every execution in a data directory, which is only read: beside a server in another process,
    /// or as a crash left it; of one state machine, when its name is given.
    ///
    /// An engine of this process is read by ``init(of:stateMachine:)``.
    ///
    /// - Throws: ``RecordingError`` when it cannot be read.
    public init(dataDirectory: String, stateMachine: String? = nil) throws {
        let store: LMDBEventStore
        do {
            store = try LMDBEventStore.open(directory: dataDirectory, options: .readOnly)
        } catch {
            throw RecordingError(error.message)
        }
        try self.init(store: store, stateMachine)
    }

    private init(store: any EventStore, _ stateMachine: String?) throws {
        do {
            let catalog = try CatalogReader.catalog(in: store)
            var found: [RecordedExecution] = []
            var number: UInt64 = 1
            while number <= (try store.newest()?.rawValue ?? 0) {
                defer { number += 1 }
                guard let head = try store.head(of: ExecutionNumber(number)) else { continue }
                let execution = try RecordedExecution(
                    number: head.execution,
                    turns: Self.turns(of: head, in: store),
                    definition: { try catalog.definition($0)?.text() }
                )
                let isWanted = stateMachine.map { $0 == execution.stateMachine } ?? true
                if isWanted { found.append(execution) }
            }
            executions = found
        } catch let error as StoreError {
            throw RecordingError(error.message)
        }
    }

    private static func turns(
        of head: ExecutionHead,
        in store: any EventStore
    ) throws -> [[UInt8]] {
        var turns: [[UInt8]] = []
        var next = Ordinal(1)
        while next <= head.lastOrdinal {
            let read = try store.readTurns(
                of: head.execution,
                ordinals: next...head.lastOrdinal,
                byteLimit: 1 << 20
            )
            guard let last = read.last, let header = try? TurnCodec.peek(last.bytes) else {
                throw RecordingError(
                    "execution \(head.execution.rawValue): its log ends before its head says so"
                )
            }
            turns += read.map(\.bytes)
            next = header.lastOrdinal.advanced(by: 1)
        }
        return turns
    }

    /// How many executions there are.
    public var count: Int { executions.count }

    /// Their ARNs, in order of their starts.
    public var executionARNs: [String] { executions.map(\.start.executionARN) }

    /// Those for which a condition on the ARN holds.
    public func filter(_ isWanted: (String) throws -> Bool) rethrows -> RecordedExecutions {
        RecordedExecutions(try executions.filter { try isWanted($0.start.executionARN) })
    }
}
