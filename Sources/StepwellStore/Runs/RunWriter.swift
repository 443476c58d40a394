import StepwellEngine
import StepwellHistory

/// Makes a run of what is frozen or of other runs, some blocks at a time.
enum RunWriter: Sendable {
    case flush(RunFlush)
    case merge(RunMerge)

    /// The number of the run.
    var run: UInt64 {
        switch self {
        case .flush(let flush): flush.run
        case .merge(let merge): merge.run
        }
    }

    /// The runs that the new one stands for.
    var inputs: [SortedRun] {
        switch self {
        case .flush: []
        case .merge(let merge): merge.inputs
        }
    }

    /// The next blocks, at least `limit` of them or the last ones and then the run itself.
    mutating func next(
        blocks limit: Int,
        _ journal: Journal
    ) throws(StoreError) -> WrittenBlocks {
        switch self {
        case .flush(var flush):
            self = .flush(RunFlush(of: [], run: flush.run))
            defer { self = .flush(flush) }
            return flush.next(blocks: limit)
        case .merge(var merge):
            self = .merge(RunMerge(inputs: [], run: merge.run, of: Manifest(), isOldest: false))
            defer { self = .merge(merge) }
            return try merge.next(blocks: limit, journal)
        }
    }
}

/// Blocks of a run that are ready to be put, and at the end the run.
struct WrittenBlocks: Sendable {
    var blocks: [(number: UInt32, bytes: [UInt8])]
    var run: SortedRun?
    /// The index block of the run, which takes a while to encode when it is large.
    var index: [UInt8]?

    init(blocks: [(number: UInt32, bytes: [UInt8])], run: SortedRun?) {
        self.blocks = blocks
        self.run = run
        index = run?.encodedIndex
    }
}
