import StepwellHistory

/// What a log has got behind a place: for those who look at it now and then, and want to know which
/// executions are not what they were.
package struct LogNews: Sendable {
    /// The executions of which there are turns, as they are by now; by number.
    package var executions: [ExecutionHead] = []
    /// Whether there is more than was asked for, so that who shows something shows it anew.
    package var isMore = false
    /// Whether state machines, activities or their settings were changed.
    package var isCatalogChanged = false
    /// Behind all of it.
    package var cursor: StoreCursor
}

extension Engine {
    /// What there is behind a place in the log, of `limit` executions at most; nothing behind nil,
    /// which is the end of the log.
    ///
    /// It costs what has been written since, and at most `limit` turns.
    package func news(behind cursor: StoreCursor?, limit: Int) async throws -> LogNews {
        try await reads.read(.page, isRefusable: false) { [store] in
            let end = try store.end()
            guard let cursor, cursor < end else { return LogNews(cursor: end) }
            var news = LogNews(cursor: end)
            var numbers: Set<ExecutionNumber> = []
            var turns = 0
            news.cursor = try store.scan(from: cursor) { turn in
                turns += 1
                guard turns <= limit else {
                    news.isMore = true
                    return .stop
                }
                if turn.execution == .catalog {
                    news.isCatalogChanged = true
                } else {
                    numbers.insert(turn.execution)
                }
                return .proceed
            }
            if news.isMore { news.cursor = end }
            news.executions = try numbers.sorted().compactMap { try store.head(of: $0) }
            return news
        }
    }
}
