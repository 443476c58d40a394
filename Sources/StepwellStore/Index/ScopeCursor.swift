import StepwellEngine
import StepwellHistory
import StepwellLMDB

/// Goes through the rows of one scope in one run or chunk, forward from a place.
enum ScopeCursor {
    case chunk(ChunkCursor)
    case run(RunCursor)

    /// The place it stands at; nil at the end.
    var place: IndexPlace? {
        switch self {
        case .chunk(let cursor): cursor.place
        case .run(let cursor): cursor.place
        }
    }

    /// What the row says.
    var mark: IndexMark {
        switch self {
        case .chunk(let cursor): cursor.mark
        case .run(let cursor): cursor.mark
        }
    }

    mutating func advance(_ source: RunSource) throws(StoreError) {
        switch self {
        case .chunk(var cursor):
            cursor.advance()
            self = .chunk(cursor)
        case .run(var cursor):
            // Released first, so that the cursor is the only one to hold its rows.
            self = .chunk(ChunkCursor())
            try cursor.advance(source)
            self = .run(cursor)
        }
    }
}

/// The rows of one scope in a chunk.
struct ChunkCursor {
    private let rows: [IndexRow]
    private let scope: IndexScope
    private var index: Int

    /// At the end of nothing.
    init() {
        rows = []
        scope = .due
        index = 0
    }

    /// From the first row that is behind `place`, or from the first.
    init(_ chunk: TailChunk, scope: IndexScope, behind place: IndexPlace?) {
        rows = chunk.rows
        self.scope = scope
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            let row = rows[middle]
            let isBefore =
                row.scope < scope
                || row.scope == scope && place.map { row.place <= $0 } ?? false
            if isBefore { low = middle + 1 } else { high = middle }
        }
        index = low
    }

    var place: IndexPlace? {
        guard index < rows.count, rows[index].scope == scope else { return nil }
        return rows[index].place
    }

    var mark: IndexMark { rows[index].mark }

    mutating func advance() { index += 1 }
}

/// The rows of one scope in a run; keeps the block it is in.
struct RunCursor {
    let run: SortedRun
    private let prefix: [UInt8]
    private let isWide: Bool
    private var block: Int
    private var rows: BlockRows
    private var index: Int
    private(set) var place: IndexPlace?
    private(set) var mark = IndexMark.present

    /// From the first row that is behind `place`, or from the first; nil in an empty run.
    init?(
        _ run: SortedRun,
        scope: IndexScope,
        behind place: IndexPlace?,
        _ source: RunSource
    ) throws(StoreError) {
        guard !run.fences.isEmpty else { return nil }
        self.run = run
        prefix = scope.prefix
        isWide = scope.isWide
        let start = place.map { scope.key(of: $0) + [0] } ?? prefix
        block = run.block(for: start)
        rows = try source.rows(run, block: block)
        index = rows.lowerBound(of: start)
        try settle(source)
    }

    /// The value of the row it stands at.
    var value: ArraySlice<UInt8> { rows.value(index) }

    mutating func advance(_ source: RunSource) throws(StoreError) {
        index += 1
        try settle(source)
    }

    /// Reads the row it stands at, in the next block when this one has no more.
    private mutating func settle(_ source: RunSource) throws(StoreError) {
        place = nil
        while index == rows.count {
            guard block + 1 < run.fences.count, run.fences[block + 1].starts(with: prefix) else {
                return
            }
            block += 1
            rows = try source.rows(run, block: block)
            index = 0
        }
        let key = rows.key(index)
        guard key.starts(with: prefix) else { return }
        guard key.count == prefix.count + (isWide ? 16 : 8) else {
            throw StoreError(.damaged, "run \(run.identifier), block \(block): an index key")
        }
        place = IndexPlace(endOf: key, isWide: isWide)
        // Entries have something else for a value, which is read by those who want it.
        guard prefix != IndexScope.entries.prefix else { return }
        guard let mark = IndexMark(rows.value(index)) else {
            throw StoreError(.damaged, "run \(run.identifier), block \(block): an index row")
        }
        self.mark = mark
    }
}
