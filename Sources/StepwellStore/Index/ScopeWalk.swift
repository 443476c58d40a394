import StepwellEngine
import StepwellHistory

/// Goes through the rows of one scope in all parts of an index at once; of a key that several parts
/// have, the newest row counts.
struct ScopeWalk {
    /// A row that counts.
    struct Row {
        var place: IndexPlace
        var mark: IndexMark
        /// Whether the part it is of says what is gone.
        var isExact: Bool
    }

    /// Newest part first.
    private var cursors: [(cursor: ScopeCursor, isExact: Bool)] = []
    private let source: RunSource

    /// From the first row behind a place, or from the first.
    init(
        _ scope: IndexScope,
        behind place: IndexPlace?,
        _ index: Index,
        _ source: RunSource
    ) throws(StoreError) {
        self.source = source
        for chunk in index.chunks.reversed() { add(chunk, scope, place) }
        for chunk in index.frozen.reversed() { add(chunk, scope, place) }
        // The rows of a name are all that a filter can be asked for.
        let probe = scope.family == .name ? scope.prefix : nil
        for run in index.runs.reversed() {
            if let probe, !run.filter.mayContain(probe) { continue }
            let cursor = try RunCursor(run, scope: scope, behind: place, source)
            guard let cursor, cursor.place != nil else { continue }
            cursors.append((.run(cursor), index.manifest.isExact(run.identifier)))
        }
    }

    private mutating func add(_ chunk: TailChunk, _ scope: IndexScope, _ place: IndexPlace?) {
        let cursor = ChunkCursor(chunk, scope: scope, behind: place)
        if cursor.place != nil { cursors.append((.chunk(cursor), true)) }
    }

    /// The next row; nil at the end.
    mutating func next() throws(StoreError) -> Row? {
        var least: (place: IndexPlace, index: Int)?
        for index in cursors.indices {
            guard let place = cursors[index].cursor.place else { continue }
            if let known = least, known.place <= place { continue }
            least = (place, index)
        }
        guard let least else { return nil }
        let row = Row(
            place: least.place,
            mark: cursors[least.index].cursor.mark,
            isExact: cursors[least.index].isExact
        )
        for index in least.index..<cursors.count where cursors[index].cursor.place == row.place {
            try cursors[index].cursor.advance(source)
        }
        return row
    }
}
