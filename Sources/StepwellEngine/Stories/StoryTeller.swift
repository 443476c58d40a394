import StepwellHistory
import StepwellInterpreter
import StepwellLanguage
package import StepwellReplay
import Synchronization

/// Tells the stories of executions from the log alone: no state in memory is asked for, no shard
/// waits.
///
/// A story that was told is kept, and later told on from where it ended; on the way to a place in a
/// long log some are kept as well, so that a place before it is not far from one of them.
package final class StoryTeller: Sendable {
    private let store: any EventStore
    private let cache: Mutex<StoryCache>

    /// How many records are between two stories that are kept on the way to a place.
    private static let stride: UInt64 = 8_192
    /// About how much is read from the store at a time.
    private static let chunkBytes = 1 << 20

    /// - Parameters:
    ///   - store: The store whose executions they are.
    ///   - byteLimit: How many bytes the stories that are kept may have, as estimated.
    package init(store: any EventStore, byteLimit: Int = EngineLimits().storyBytes) {
        self.store = store
        cache = Mutex(StoryCache(byteLimit: byteLimit))
    }

    /// The story of an execution up to a place (nil: up to what its head says).
    ///
    /// - Throws: `StoreError` when the log cannot be read; `ServiceError` when the place is behind
    ///   the log's end, or before the execution's start.
    package func story(
        of head: ExecutionHead,
        in catalog: Catalog,
        at place: ReplayPlace? = nil
    ) throws -> ExecutionStory {
        try check(place, of: head)
        let place = exact(place, of: head)
        let known = cache.withLock { $0.story(of: head.execution, before: place) }
        var told = try known ?? ToldStory(opening(of: head, in: catalog))
        try tell(&told, of: head, upTo: place)
        guard told.story.state.start != nil else {
            throw ServiceError.invalidPlace("the execution had not started then")
        }
        // Who follows an execution leaves no story behind with each look.
        let former = place == nil ? known?.story.state.lastOrdinal : nil
        cache.withLock { $0.keep(told, of: head.execution, insteadOf: former) }
        return told.story
    }

    private func check(_ place: ReplayPlace?, of head: ExecutionHead) throws {
        switch place {
        case .event(let id) where id > head.lastEventID:
            throw ServiceError.invalidPlace(
                "there is no event \(id); the last one is \(head.lastEventID)"
            )
        case .record(let ordinal) where ordinal > head.lastOrdinal:
            throw ServiceError.invalidPlace(
                "there is no record \(ordinal.rawValue); "
                    + "the last one is \(head.lastOrdinal.rawValue)"
            )
        case nil, .event, .record, .time: return
        }
    }

    /// An event as the record that it is, where that is known.
    private func exact(_ place: ReplayPlace?, of head: ExecutionHead) -> ReplayPlace? {
        guard case .event(let id)? = place,
            let ordinal = cache.withLock({ $0.ordinal(of: id, in: head.execution) })
        else { return place }
        return .record(ordinal)
    }

    private func opening(of head: ExecutionHead, in catalog: Catalog) throws -> ExecutionStory {
        let start = try HistoryReader(store: store).start(of: head)
        let definition = try catalog.definition(of: start, head.execution)
        return ExecutionStory(execution: head.execution, definition: definition)
    }

    private func tell(
        _ told: inout ToldStory,
        of head: ExecutionHead,
        upTo place: ReplayPlace?
    ) throws {
        let source = PayloadSource(store: store, execution: head.execution)
        var kept = told.story.state.lastOrdinal.rawValue
        var last = head.lastOrdinal
        if case .record(let ordinal)? = place { last = min(last, ordinal) }
        while told.story.state.lastOrdinal < last {
            let next = told.story.state.lastOrdinal.advanced(by: 1)
            let turns = try store.readTurns(
                of: head.execution,
                ordinals: next...last,
                byteLimit: Self.chunkBytes
            )
            guard !turns.isEmpty else {
                throw StoreError(
                    .damaged,
                    "execution \(head.execution.rawValue) lacks its turn at record \(next.rawValue)"
                )
            }
            for stored in turns {
                let turn = try source.decode(stored) {
                    told.payloads[$0] ?? told.story.state.payload(at: $0)
                }
                told.payloads.add(turn)
                told.logBytes += stored.bytes.count
                if told.story.apply(turn, upTo: place) { return }
                let reached = told.story.state.lastOrdinal.rawValue
                if place != nil, reached - kept >= Self.stride {
                    kept = reached
                    cache.withLock { $0.keep(told, of: head.execution) }
                }
            }
        }
    }
}

extension Catalog {
    /// What an execution runs.
    ///
    /// Throws `StoreError`: `damaged` when the catalog lacks it.
    func definition(
        of start: StartInput,
        _ execution: ExecutionNumber
    ) throws(StoreError) -> StateMachineDefinition {
        guard
            let definition = try definition(start.definition)?
                .machine(ofMapState: start.mapRun?.stateName)
        else {
            throw StoreError(
                .damaged,
                "the catalog lacks the definition of execution \(execution.rawValue)"
            )
        }
        return definition
    }
}

extension ServiceError {
    /// A place that the log of an execution does not have.
    static func invalidPlace(_ message: String) -> ServiceError {
        ServiceError(code: "InvalidPlace", message: message)
    }
}
