import StepwellEngine
import StepwellHistory

/// How a part of the index changes the numbers of executions with a status, by machine.
///
/// A row that an execution is there counts one, a row that it is there no more takes one away; so
/// the sum over all parts is how many there are, and none of them has to be looked for.
struct StatusTally: Sendable {
    private var machines: [Hash16: StatusCounts] = [:]

    /// Counts executions of a machine.
    mutating func add(_ count: Int, status: ExecutionStatus, of machine: Hash16) {
        machines[machine, default: StatusCounts()][status] += count
    }

    /// What it does to the numbers of a machine.
    subscript(machine: Hash16) -> StatusCounts { machines[machine] ?? StatusCounts() }

    /// Counts the rows of a run.
    init(of run: SortedRun, _ journal: Journal) throws(StoreError) {
        for status in ExecutionStatus.allCases {
            try add(run, status, journal)
        }
    }

    /// Nothing.
    init() {}

    private mutating func add(
        _ run: SortedRun,
        _ status: ExecutionStatus,
        _ journal: Journal
    ) throws(StoreError) {
        let prefix = [KeySpace.Index.listingByStatus.rawValue, IndexKey.code(of: status)]
        guard !run.fences.isEmpty else { return }
        var block = run.block(for: prefix)
        var machine = Hash16.zero
        var count = 0
        while block < run.fences.count {
            // Not by the cache: this is read once, and would leave nothing else in it.
            let rows = try RunReader.rows(run, block: block, journal)
            for row in rows.lowerBound(of: prefix)..<rows.count {
                let key = rows.key(row)
                guard key.starts(with: prefix) else {
                    if count != 0 { add(count, status: status, of: machine) }
                    return
                }
                guard let place = IndexPlace(endOf: key.dropLast(16), isWide: true) else {
                    throw StoreError(.damaged, "run \(run.identifier), block \(block): a key")
                }
                let next = Hash16(high: place.major, low: place.minor)
                if next != machine {
                    if count != 0 { add(count, status: status, of: machine) }
                    machine = next
                    count = 0
                }
                count += IndexMark(rows.value(row)) == .gone ? -1 : 1
            }
            block += 1
        }
        if count != 0 { add(count, status: status, of: machine) }
    }
}
