import StepwellEngine
import StepwellHistory
import Synchronization

extension IndexReader {
    /// How many executions each of some machines has, by status.
    func statusCounts(of stateMachineARNs: [String]) throws(StoreError) -> [StatusCounts] {
        let inexact = index.runs.contains { !index.manifest.isExact($0.identifier) }
        if inexact { return try counted(stateMachineARNs) }
        var tallies = (index.chunks + index.frozen).map(\.tally)
        for run in index.runs { tallies.append(try tally(of: run)) }
        return stateMachineARNs.map { arn in
            let machine = Hash16(arn)
            return tallies.reduce(into: StatusCounts()) { $0 += $1[machine] }
        }
    }

    /// What the rows of a run come to; they are counted once, since a run never changes.
    private func tally(of run: SortedRun) throws(StoreError) -> StatusTally {
        if let known = run.tally.withLock({ $0 }) { return known }
        let tally = try StatusTally(of: run, source.journal)
        run.tally.withLock { $0 = tally }
        return tally
    }

    /// The same by looking at every row: while there are runs of earlier versions, which do not
    /// say what is gone and are merged soon.
    private func counted(_ stateMachineARNs: [String]) throws(StoreError) -> [StatusCounts] {
        var all: [StatusCounts] = []
        for arn in stateMachineARNs {
            var counts = StatusCounts()
            for status in ExecutionStatus.allCases {
                let query = ListingQuery(stateMachineARN: arn, status: status)
                var cursor: QueryCursor?
                repeat {
                    let page = try listing(query, after: cursor, looks: 10_000)
                    counts[status] += page.rows.count
                    cursor = page.next
                } while cursor != nil
            }
            all.append(counts)
        }
        return all
    }
}
