package import StepwellHistory

/// Reads executions' histories from the store, without their states: only what is durable.
package struct HistoryReader {
    private let store: any EventStore

    package init(store: any EventStore) {
        self.store = store
    }

    /// About how much is read from the store at a time.
    private static let pageBytes = 1 << 20
    /// How many ordinals a page in reverse order looks back at a time.
    private static let reverseWindow: UInt64 = 1_024

    /// What an execution was started with.
    func start(of head: ExecutionHead) throws(ServiceError) -> StartInput {
        try start(in: try read(head.execution, Ordinal(1)...Ordinal(1)), of: head)
    }

    private func start(
        in turns: [Turn],
        of head: ExecutionHead
    ) throws(ServiceError) -> StartInput {
        guard case .input(.start(let start))? = turns.first?.records.first?.body else {
            throw .internalFailure("Execution \(head.execution.rawValue) has no start.")
        }
        return start
    }

    /// What DescribeExecution answers for a head.
    func describe(
        _ head: ExecutionHead,
        under rules: RedriveRules
    ) throws(ServiceError) -> DescribeExecutionResponse {
        let turns = try read(head.execution, Ordinal(1)...Ordinal(1))
        let start = try start(in: turns, of: head)
        var response = DescribeExecutionResponse(
            executionARN: start.executionARN,
            stateMachineARN: start.stateMachineARN,
            name: start.givenName,
            status: head.summary.status,
            startDate: head.startDate,
            stopDate: head.stopDate,
            input: start.input,
            traceHeader: start.traceHeader,
            stateMachineVersionARN: start.stateMachineVersionARN,
            stateMachineAliasARN: start.stateMachineAliasARN,
            mapRunARN: start.mapRun?.mapRunARN,
            redriveCount: head.redriveCount,
            redriveDate: head.redriveDate,
            redriveObstacle: rules.obstacle(to: head, historyEvents: start.limits.historyEvents)
        )
        guard head.summary.status != .running else { return response }
        let isWhole = turns.last?.records.last?.ordinal == head.lastOrdinal
        let last =
            isWhole ? turns : try read(head.execution, head.lastOrdinal...head.lastOrdinal)
        for record in last.flatMap(\.records) {
            guard case .event(let event) = record.body else { continue }
            switch event.body {
            case .executionSucceeded(let output): response.output = output
            case .executionFailed(let failure), .executionAborted(let failure),
                .executionTimedOut(let failure):
                response.failure = failure
            default: break
            }
        }
        return response
    }

    /// The events of an execution from an ordinal on, about as many as one read gives, with the
    /// ordinal behind them and whether the execution is closed there.
    package func events(
        of execution: ExecutionNumber,
        from next: Ordinal
    ) throws(ServiceError) -> (events: [HistoryEvent], next: Ordinal, isClosed: Bool) {
        var events: [HistoryEvent] = []
        var end = next
        var isClosed = false
        for turn in try read(execution, next...Ordinal(.max)) {
            for record in turn.records where record.ordinal >= next {
                if case .event(let event) = record.body { events.append(event) }
                end = record.ordinal.advanced(by: 1)
            }
            isClosed = turn.summary.status != .running
        }
        return (events, end, isClosed)
    }

    /// A page of GetExecutionHistory.
    ///
    /// The token holds the ordinal where the next page begins.
    func page(
        of head: ExecutionHead,
        _ request: PageRequest,
        isReversed: Bool
    ) throws(ServiceError) -> Page<HistoryEvent> {
        var place = isReversed ? head.lastOrdinal : Ordinal(1)
        if let bytes = request.place {
            var reader = ByteReader(bytes)
            guard let value = try? reader.readVarint(), reader.isAtEnd else { throw .invalidToken }
            place = Ordinal(value)
        }
        let found =
            isReversed
            ? try backward(head, from: place, limit: request.limit)
            : try forward(head, from: place, limit: request.limit)
        var token: String?
        if let next = found.next {
            var writer = ByteWriter(capacity: 10)
            writer.writeVarint(next.rawValue)
            token = PageRequest.token(writer.bytes)
        }
        return Page(items: found.events, nextToken: token)
    }

    private func forward(
        _ head: ExecutionHead,
        from start: Ordinal,
        limit: Int
    ) throws(ServiceError) -> (events: [HistoryEvent], next: Ordinal?) {
        var events: [HistoryEvent] = []
        var next = start
        while next <= head.lastOrdinal {
            let turns = try read(head.execution, next...head.lastOrdinal)
            guard !turns.isEmpty else { break }
            for record in turns.flatMap(\.records) where record.ordinal >= next {
                next = record.ordinal.advanced(by: 1)
                guard case .event(let event) = record.body else { continue }
                if events.count == limit { return (events, record.ordinal) }
                events.append(event)
            }
        }
        return (events, nil)
    }

    private func backward(
        _ head: ExecutionHead,
        from start: Ordinal,
        limit: Int
    ) throws(ServiceError) -> (events: [HistoryEvent], next: Ordinal?) {
        var events: [HistoryEvent] = []
        var last = min(start, head.lastOrdinal)
        while last.rawValue >= 1 {
            let reach = min(last.rawValue, Self.reverseWindow)
            let first = Ordinal(last.rawValue - reach + 1)
            var records: [Record] = []
            var next = first
            while next <= last {
                let turns = try read(head.execution, next...last)
                guard !turns.isEmpty else { break }
                for record in turns.flatMap(\.records) where record.ordinal >= next {
                    if record.ordinal <= last { records.append(record) }
                    next = record.ordinal.advanced(by: 1)
                }
            }
            for record in records.reversed() {
                guard case .event(let event) = record.body else { continue }
                if events.count == limit { return (events, record.ordinal) }
                events.append(event)
            }
            last = Ordinal(first.rawValue - 1)
        }
        return (events, nil)
    }

    /// The turns that meet a range of ordinals, decoded.
    func read(
        _ execution: ExecutionNumber,
        _ ordinals: ClosedRange<Ordinal>
    ) throws(ServiceError) -> [Turn] {
        do throws(StoreError) {
            let stored = try store.readTurns(
                of: execution,
                ordinals: ordinals,
                byteLimit: Self.pageBytes
            )
            let payloads = PayloadSource(store: store, execution: execution)
            var turns: [Turn] = []
            for turn in stored {
                turns.append(try payloads.decode(turn))
            }
            return turns
        } catch {
            throw .internalFailure("The history cannot be read: \(error.message)")
        }
    }
}
