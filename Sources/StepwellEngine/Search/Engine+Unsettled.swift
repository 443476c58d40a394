package import StepwellHistory

extension Engine {
    /// Executions that have work outstanding, by number, from behind one on, and whether there are
    /// no others behind them.
    package func unsettledExecutions(
        after number: ExecutionNumber?,
        limit: Int
    ) async throws -> (executions: [ExecutionHead], isLast: Bool) {
        try await reads.read(.page) { [store] in
            let page = try store.unsettled(
                after: number.map { QueryCursor(execution: $0) },
                looks: limit
            )
            return (try page.rows.compactMap { try store.head(of: $0) }, page.next == nil)
        }
    }
}
