import StepwellEngine
import StepwellHistory

/// The derived data as of one commit: what is in memory, and the runs below it.
///
/// Never changed; each commit publishes another one, which shares all that is the same. So whoever
/// reads it holds up nobody and is held up by nobody, and sees commits whole.
final class Index: Sendable {
    /// What the commits since the last freeze did, oldest first.
    let chunks: [TailChunk]
    /// What is being written down, oldest first.
    let frozen: [TailChunk]
    /// Oldest first.
    let runs: [SortedRun]
    /// The newest batch that the index covers.
    let head: HeadRow
    /// The checkpoint that the runs are of.
    let manifest: Manifest
    /// The execution with the highest number.
    let highest: ExecutionNumber?
    /// How many executions are open.
    let openExecutions: Int
    /// How many more executions of each status a machine has than `statusBases` says.
    let statusChanges: OrderedTable<Hash16, StatusCounts>
    let statusBases: StatusBases

    init(
        chunks: [TailChunk],
        frozen: [TailChunk],
        runs: [SortedRun],
        head: HeadRow,
        manifest: Manifest,
        highest: ExecutionNumber?,
        openExecutions: Int,
        statusChanges: OrderedTable<Hash16, StatusCounts>,
        statusBases: StatusBases
    ) {
        self.chunks = chunks
        self.frozen = frozen
        self.runs = runs
        self.head = head
        self.manifest = manifest
        self.highest = highest
        self.openExecutions = openExecutions
        self.statusChanges = statusChanges
        self.statusBases = statusBases
    }

    /// How many entries are in memory; one that changed in several parts counts in each.
    var entriesInMemory: Int {
        (chunks + frozen).reduce(0) { $0 + $1.records.count }
    }
}
