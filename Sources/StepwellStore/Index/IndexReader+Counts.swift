import StepwellEngine
import StepwellHistory

extension IndexReader {
    /// How many executions each of some machines has, by status.
    func statusCounts(of stateMachineARNs: [String]) throws(StoreError) -> [StatusCounts] {
        var all: [StatusCounts] = []
        all.reserveCapacity(stateMachineARNs.count)
        for arn in stateMachineARNs {
            let machine = Hash16(arn)
            let changes = index.statusChanges[machine] ?? StatusCounts()
            if let base = index.statusBases[machine] {
                all.append(base + changes)
            } else {
                let counts = try counted(machine)
                index.statusBases.keep(counts - changes, of: machine)
                all.append(counts)
            }
        }
        return all
    }

    /// The same by looking at every row, and at no entry where the rows say what is gone.
    private func counted(_ machine: Hash16) throws(StoreError) -> StatusCounts {
        var counts = StatusCounts()
        for status in ExecutionStatus.allCases {
            let scope = IndexScope.listing(machine, status: status)
            var walk = try ScopeWalk(scope, behind: nil, index, source)
            while let row = try walk.next() {
                if row.mark != .gone, try isTrue(row, in: scope) { counts[status] += 1 }
            }
        }
        return counts
    }
}
