import StepwellHistory

/// Pages of GetExecutionHistory.
///
/// A page costs its own size, wherever in the history it is: no more records are read than it has
/// events to give, save those of the turn at each end, and payloads are looked for only for events
/// that it gives. It ends early, and goes on by its token, when its text or what has been read of
/// the log for it becomes large; AWS's pages may be short too.
extension HistoryReader {
    /// Gives the events of a page to `take`, in its order, until it has as many as it may have or
    /// `take` has no room for one; answers the token of the page that follows.
    ///
    /// `take` has to take the first. The token holds the ordinal where the next page begins.
    func page(
        of head: ExecutionHead,
        _ request: HistoryPageRequest,
        take: (HistoryEvent) -> Bool
    ) throws(ServiceError) -> String? {
        var place = request.isReversed ? head.lastOrdinal : Ordinal(1)
        if let bytes = request.page.place {
            var reader = ByteReader(bytes)
            guard let value = try? reader.readVarint(), value >= 1, reader.isAtEnd else {
                throw .invalidToken
            }
            place = Ordinal(value)
        }
        let source = PayloadSource(store: store, execution: head.execution)
        let next =
            request.isReversed
            ? try backward(head, from: place, request, source, take)
            : try forward(head, from: place, request, source, take)
        return next.map {
            var writer = ByteWriter(capacity: 10)
            writer.writeVarint($0.rawValue)
            return PageRequest.token(writer.bytes)
        }
    }

    /// Answers the ordinal where the next page begins.
    private func forward(
        _ head: ExecutionHead,
        from start: Ordinal,
        _ request: HistoryPageRequest,
        _ source: PayloadSource,
        _ take: (HistoryEvent) -> Bool
    ) throws(ServiceError) -> Ordinal? {
        var next = start
        var count = 0
        while next <= head.lastOrdinal {
            guard count < request.page.limit, source.bytesRead < request.logBytes else {
                return next
            }
            let wanted = UInt64(request.page.limit - count)
            let last = Ordinal(min(head.lastOrdinal.rawValue, next.rawValue - 1 + wanted))
            let turns = try read(source, next...last)
            guard !turns.isEmpty else { throw .gap(in: head, at: next) }
            for turn in turns {
                for record in turn.records where record.ordinal >= next {
                    next = record.ordinal.advanced(by: 1)
                    guard case .event(let event) = record.body else { continue }
                    guard count < request.page.limit,
                        take(try shown(event, in: turn, request, source))
                    else { return record.ordinal }
                    count += 1
                    if event.id >= head.lastEventID { return nil }
                }
            }
        }
        return nil
    }

    private func backward(
        _ head: ExecutionHead,
        from start: Ordinal,
        _ request: HistoryPageRequest,
        _ source: PayloadSource,
        _ take: (HistoryEvent) -> Bool
    ) throws(ServiceError) -> Ordinal? {
        var last = min(start, head.lastOrdinal)
        var count = 0
        // Small at first: how large records are is not known before some were seen.
        var window: UInt64 = 32
        while last.rawValue >= 1 {
            guard count < request.page.limit, source.bytesRead < request.logBytes else {
                return last
            }
            let wanted = UInt64(request.page.limit - count)
            let reach = min(last.rawValue, window, wanted)
            let bytesBefore = source.bytesRead
            let turns = try read(source, through: last, reach: reach)
            guard let first = turns.first?.firstOrdinal else { throw .gap(in: head, at: last) }
            let size = max(1, UInt64(source.bytesRead - bytesBefore))
            window = max(1, (last.rawValue - first.rawValue + 1) * UInt64(Self.chunkBytes) / size)
            for turn in turns.reversed() {
                for record in turn.records.reversed() where record.ordinal <= last {
                    guard case .event(let event) = record.body else { continue }
                    guard count < request.page.limit,
                        take(try shown(event, in: turn, request, source))
                    else { return record.ordinal }
                    count += 1
                    if event.id <= 1 { return nil }
                }
            }
            last = Ordinal(first.rawValue - 1)
        }
        return nil
    }

    /// The turns that meet so many ordinals up to one.
    private func read(
        _ source: PayloadSource,
        through last: Ordinal,
        reach: UInt64
    ) throws(ServiceError) -> [Turn] {
        var next = Ordinal(last.rawValue - reach + 1)
        var turns: [Turn] = []
        while next <= last {
            let found = try read(source, next...last)
            guard let end = found.last?.records.last?.ordinal else { break }
            turns += found
            next = end.advanced(by: 1)
        }
        return turns
    }

    /// An event as the page shows it: its payloads are looked for if it shows them.
    private func shown(
        _ event: HistoryEvent,
        in turn: Turn,
        _ request: HistoryPageRequest,
        _ source: PayloadSource
    ) throws(ServiceError) -> HistoryEvent {
        request.includesData ? try whole(event, in: turn, source) : event
    }
}

extension ServiceError {
    fileprivate static func gap(in head: ExecutionHead, at ordinal: Ordinal) -> ServiceError {
        .internalFailure(
            "Execution \(head.execution.rawValue) lacks its turn at record \(ordinal.rawValue)."
        )
    }
}
