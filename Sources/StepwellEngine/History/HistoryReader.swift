package import StepwellHistory

/// Reads executions' histories from the store, without their states: only what is durable.
///
/// It reads in the thread that calls it; the engine calls it in its `ReadPool`.
package struct HistoryReader: Sendable {
    let store: any EventStore

    package init(store: any EventStore) {
        self.store = store
    }

    /// About how much is read from the store at a time.
    static let chunkBytes = 1 << 20

    /// The ARN of an execution, with the kind that its start says.
    package func executionARN(of head: ExecutionHead) throws(ServiceError) -> String {
        try start(of: head).executionARN
    }

    /// What an execution was started with.
    package func start(of head: ExecutionHead) throws(ServiceError) -> StartInput {
        let source = PayloadSource(store: store, execution: head.execution)
        return try start(in: try opening(of: head.execution, source))
    }

    private func start(in opening: Turn) throws(ServiceError) -> StartInput {
        guard case .input(.start(let start))? = opening.records.first?.body else {
            throw .internalFailure("Execution \(opening.execution.rawValue) has no start.")
        }
        return start
    }

    /// The first turn of an execution, whose payloads are all its own.
    private func opening(
        of execution: ExecutionNumber,
        _ source: PayloadSource
    ) throws(ServiceError) -> Turn {
        let turns = try read(source, Ordinal(1)...Ordinal(1))
        guard let opening = turns.first else {
            throw .internalFailure("Execution \(execution.rawValue) has no start.")
        }
        return opening
    }

    /// What the store knows of an execution beside its head.
    func record(of head: ExecutionHead) throws(ServiceError) -> ExecutionRecord {
        let source = PayloadSource(store: store, execution: head.execution)
        let opening = try opening(of: head.execution, source)
        var record = ExecutionRecord(head: head, start: try start(in: opening))
        guard head.summary.status != .running else { return record }
        let isWhole = opening.records.last?.ordinal == head.lastOrdinal
        if let turn = isWhole ? opening : try newestTurnWithEvents(of: head, source) {
            for case .event(let event) in turn.records.map(\.body) {
                switch event.body {
                case .executionSucceeded:
                    let event = try whole(event, in: turn, source)
                    record.output = event.body.payloads.first
                case .executionFailed(let failure), .executionAborted(let failure),
                    .executionTimedOut(let failure):
                    record.failure = failure
                default: break
                }
            }
        }
        return record
    }

    /// The newest turn with an event: behind the end of an execution there may be turns without.
    private func newestTurnWithEvents(
        of head: ExecutionHead,
        _ source: PayloadSource
    ) throws(ServiceError) -> Turn? {
        var reach: UInt64 = 1
        while true {
            let last = head.lastOrdinal.rawValue
            let first = Ordinal(last > reach ? last - reach + 1 : 1)
            var found: Turn?
            var next = first
            while next <= head.lastOrdinal {
                let turns = try read(source, next...head.lastOrdinal)
                guard let end = turns.last?.records.last?.ordinal, end >= next else { break }
                found = turns.last { $0.eventCount > 0 } ?? found
                next = end.advanced(by: 1)
            }
            if found != nil || first == Ordinal(1) { return found }
            reach *= 16
        }
    }

    /// The events of an execution from an ordinal on, about as many as one read gives, with the
    /// ordinal behind them and whether the execution is closed there.
    package func events(
        of execution: ExecutionNumber,
        from next: Ordinal
    ) throws(ServiceError) -> (events: [HistoryEvent], next: Ordinal, isClosed: Bool) {
        let source = PayloadSource(store: store, execution: execution)
        var events: [HistoryEvent] = []
        var end = next
        var isClosed = false
        for turn in try read(source, next...Ordinal(.max)) {
            // What the events of these turns refer to may be far larger than the turns.
            if !events.isEmpty, source.bytesRead > 2 * Self.chunkBytes { break }
            for record in turn.records where record.ordinal >= next {
                if case .event(let event) = record.body {
                    events.append(try whole(event, in: turn, source))
                }
                end = record.ordinal.advanced(by: 1)
            }
            isClosed = turn.summary.status != .running
        }
        return (events, end, isClosed)
    }

    /// The turns that meet a range of ordinals, without the payloads that earlier ones hold.
    func read(
        _ source: PayloadSource,
        _ ordinals: ClosedRange<Ordinal>
    ) throws(ServiceError) -> [Turn] {
        do throws(StoreError) {
            return try source.turns(ordinals, byteLimit: Self.chunkBytes)
        } catch {
            throw .unreadableHistory(error)
        }
    }

    /// An event with the payloads that earlier turns hold.
    func whole(
        _ event: HistoryEvent,
        in turn: Turn,
        _ source: PayloadSource
    ) throws(ServiceError) -> HistoryEvent {
        do throws(StoreError) {
            return try source.whole(event, in: turn)
        } catch {
            throw .unreadableHistory(error)
        }
    }
}

extension ServiceError {
    fileprivate static func unreadableHistory(_ error: StoreError) -> ServiceError {
        .internalFailure("The history cannot be read: \(error.message)")
    }
}
