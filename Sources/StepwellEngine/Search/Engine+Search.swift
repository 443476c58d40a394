import StepwellHistory

extension Engine {
    /// How many executions are looked at for a page, by what is known without their logs.
    private static let reach = 20_000
    /// How many are read for a page.
    private static let contentReach = 500

    /// Executions that are looked for, newest start first.
    ///
    /// State machine, status and time go by the index: a page costs what is on it, and a step for
    /// each state machine that is asked about. Names are compared for 20,000 executions a page, and
    /// 500 are read for a text or a version; a page may be short, or empty, and have others behind
    /// it. Executions of Express workflows are found too, children of Map Runs are not.
    ///
    /// Throws `InvalidArn`, `StateMachineDoesNotExist`.
    package func searchExecutions(
        _ search: ExecutionSearch
    ) async throws -> ExecutionSearchPage {
        let arn = try search.stateMachineARN.map { text throws(ServiceError) in
            try StateMachineARN(text)
        }
        let machines = try await machines(arn?.unqualified)
        let qualified = arn?.qualifier == nil ? nil : search.stateMachineARN
        return try await reads.read(.page) { [store] in
            let filter = ExecutionFilter(
                search: search,
                qualifiedARN: qualified,
                reader: HistoryReader(store: store)
            )
            return try Self.page(search, filter, machines, store)
        }
    }

    /// How many executions there are of each status: of one state machine, or of all that are and
    /// were, without the children of Map Runs.
    ///
    /// Throws `InvalidArn`, `StateMachineDoesNotExist`.
    package func statusCounts(of stateMachineARN: String?) async throws -> StatusCounts {
        let arn = try stateMachineARN.map { text throws(ServiceError) in
            try StateMachineARN(text).unqualified
        }
        let machines = try await machines(arn)
        return try await reads.read(.page) { [store] in
            try store.statusCounts(of: machines).reduce(StatusCounts(), +)
        }
    }

    /// The ARN of one state machine, or those of all that are and were.
    private func machines(_ arn: String?) async throws -> [String] {
        try await readCatalog { catalog throws(ServiceError) in
            if let arn {
                guard catalog.stateMachineEvenDeleted(arn) != nil else {
                    throw .stateMachineDoesNotExist(arn)
                }
                return [arn]
            }
            return catalog.everyStateMachineARN
        }
    }

    private static func page(
        _ search: ExecutionSearch,
        _ filter: ExecutionFilter,
        _ machines: [String],
        _ store: any EventStore
    ) throws -> ExecutionSearchPage {
        let isSifted = search.name != nil || filter.readsContent
        let reach = filter.readsContent ? contentReach : reach
        // Behind a time are the executions that were started in that millisecond, and earlier.
        let start = search.until.map {
            QueryCursor(time: $0.advanced(byMilliseconds: 1), execution: ExecutionNumber(0))
        }
        var merge = try ExecutionMerge(
            of: machines,
            status: search.status,
            behind: search.after ?? start,
            limit: isSifted ? max(search.limit, 200) : search.limit + 1,
            in: store
        )
        var page = ExecutionSearchPage()
        var last: QueryCursor?
        while let head = try merge.next() {
            if let from = search.from, head.startDate < from { return page }
            guard page.scanned < reach, page.executions.count < search.limit else {
                page.next = last
                return page
            }
            page.scanned += 1
            last = QueryCursor(time: head.startDate, execution: head.execution)
            if try filter.includes(head) { page.executions.append(head) }
        }
        return page
    }
}
