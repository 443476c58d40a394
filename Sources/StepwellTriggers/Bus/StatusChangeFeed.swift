import Logging
import StepwellEngine
import StepwellHistory
import Synchronization

/// Puts the changes of executions' status on the default bus, as AWS does.
///
/// They are read from the log behind a cursor, which is a row: what follows from a change and how
/// far the log was followed are committed together, so that none is lost and none counts twice.
/// While no rule may match such events there is no cursor, and nothing is read.
final class StatusChangeFeed: TriggerComponent {
    private struct State: Sendable {
        /// Behind what was followed; nil when nothing is.
        var cursor: StoreCursor?
        /// What was started last; another number stands for another place.
        var generation = 0
        /// How many groups of turns were followed since the row was written.
        var unwritten = 0
    }

    /// What events of changes are called.
    static let source = "aws.states"
    static let detailType = "Step Functions Execution Status Change"
    private static let key = Array("status-changes".utf8)
    /// After so many groups of turns (of up to a mebibyte each) the row is written anyway, so that
    /// a restart does not go through more than that again.
    private static let writingInterval = 32

    private let state = Mutex(State())
    private let bell = CommitBell()
    private let engine: Engine
    private let catalog: EventCatalog
    private let routing: EventRouting
    private let logger: Logger

    init(engine: Engine, catalog: EventCatalog, routing: EventRouting, logger: Logger) {
        self.engine = engine
        self.catalog = catalog
        self.routing = routing
        self.logger = logger
    }

    func load(from store: any TriggerStore) throws(StoreError) {
        let bytes = try store.value(of: .meta, key: Self.key)
        state.withLock { state in
            state.cursor = bytes.map(StoreCursor.init(bytes:))
            state.generation += 1
        }
        bell.ring()
    }

    func committed(_ kinds: Set<TriggerKind>) {
        if kinds.contains(.meta) { bell.ring() }
    }

    /// Where the log ends now.
    func end() throws(ServiceError) -> StoreCursor {
        do throws(StoreError) {
            return try engine.store.end()
        } catch {
            throw .storeUnavailable(error)
        }
    }

    /// Begins to follow, or ends it, as rules have it now; what rules matched until now is behind
    /// them, so that a new rule sees nothing that was before it.
    func adjust(from end: StoreCursor, _ batch: inout TriggerBatch) {
        let isWanted = catalog.listens(to: Self.source, Self.detailType)
        let cursor = state.withLock { state -> StoreCursor? in
            guard isWanted != (state.cursor != nil) else { return state.cursor }
            state.generation += 1
            state.cursor = isWanted ? end : nil
            return state.cursor
        }
        write(cursor, &batch)
    }

    private func write(_ cursor: StoreCursor?, _ batch: inout TriggerBatch) {
        if let cursor {
            batch.put(TriggerRow(.meta, key: Self.key, value: cursor.bytes))
        } else {
            batch.delete(.meta, key: Self.key)
        }
        state.withLock { $0.unwritten = 0 }
    }

    /// Follows until the engine ends or the task is cancelled.
    func run(_ ledger: TriggerLedger) async {
        while !Task.isCancelled, !engine.isShuttingDown {
            let rings = bell.rings
            let (cursor, generation) = state.withLock { ($0.cursor, $0.generation) }
            do {
                if let cursor { try await follow(from: cursor, generation, ledger) }
                guard try await bell.wait(beyond: rings) else { return }
            } catch is CancellationError {
                return
            } catch {
                logger.error("triggers: status changes cannot be followed: \(error)")
                try? await Task.sleep(for: .seconds(1))
                bell.ring()
            }
        }
    }

    /// Ends `run` when it waits for a rule.
    func close() { bell.close() }

    /// Follows as long as it is the same that is to be followed.
    private func follow(
        from cursor: StoreCursor,
        _ generation: Int,
        _ ledger: TriggerLedger
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                var follower = try ExecutionFollower(
                    engine: self.engine,
                    scope: .standard,
                    from: cursor
                )
                while let turns = try await follower.next() {
                    guard try await self.take(turns, follower.cursor, generation, ledger) else {
                        return
                    }
                }
            }
            group.addTask {
                // Rules may change while nothing happens in the log.
                var rings = self.bell.rings
                while self.state.withLock({ $0.generation }) == generation {
                    guard try await self.bell.wait(beyond: rings) else { return }
                    rings = self.bell.rings
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Takes what turns changed; false when another place is to be followed.
    private func take(
        _ turns: [FollowedTurn],
        _ cursor: StoreCursor,
        _ generation: Int,
        _ ledger: TriggerLedger
    ) async throws -> Bool {
        let place = ExecutionStatusChanges.Place(cursor: cursor)
        let events = turns.flatMap { engine.statusChanges(in: $0, at: place) }
            .map { change in
                var event = AcceptedEvent(change.event, received: change.time)
                event.traceHeader = change.description.traceHeader
                return event
            }
        return try await ledger.commit { [self] batch in
            guard state.withLock({ $0.generation == generation }) else { return false }
            for event in events { routing.route(event, on: EventBus.defaultName, &batch) }
            let isDue = state.withLock { state in
                state.cursor = cursor
                state.unwritten += 1
                return state.unwritten >= Self.writingInterval
            }
            if isDue || batch.kinds.contains(.delivery) { write(cursor, &batch) }
            return true
        }
    }

    /// Has it written how far the log was followed.
    func save(_ ledger: TriggerLedger) async {
        _ = try? await ledger.commit { [self] batch in
            let cursor = state.withLock { $0.cursor }
            if cursor != nil { write(cursor, &batch) }
        }
    }
}
