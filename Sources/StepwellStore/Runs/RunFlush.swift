import StepwellHistory

/// Writes chunks as a run.
struct RunFlush: Sendable {
    private let chunks: [TailChunk]
    private var builder: RunBuilder
    private var folded: TailChunk?
    private var record = 0
    private var row = 0

    /// Of chunks that follow each other, oldest first, into a run with a new number.
    init(of chunks: [TailChunk], run: UInt64) {
        self.chunks = chunks
        let count = chunks.reduce(0) { $0 + $1.records.count }
        builder = RunBuilder(run: run, capacity: count * 2)
    }

    var run: UInt64 { builder.run }

    /// The next blocks; see `RunWriter`.
    mutating func next(blocks limit: Int) -> WrittenBlocks {
        let chunk = folded ?? TailChunk.fold(chunks)
        folded = chunk
        // Entries are in front of all other rows.
        while builder.readyCount < limit, record < chunk.records.count {
            let entry = chunk.records[record].stored.entry
            var writer = ByteWriter(capacity: 256)
            entry.write(to: &writer)
            let key = IndexKey.entry(entry.execution)
            builder.add(key[...], writer.bytes[...])
            record += 1
        }
        let rows = record == chunk.records.count ? chunk.rows : []
        while builder.readyCount < limit, row < rows.count {
            let next = rows[row]
            let key = next.scope.key(of: next.place)
            builder.add(key[...], next.mark.encoded[...], isGone: next.mark == .gone)
            row += 1
        }
        let isDone = record == chunk.records.count && row == chunk.rows.count
        let run = isDone ? builder.finish(level: 0) : nil
        return WrittenBlocks(blocks: builder.takeBlocks(), run: run)
    }
}
