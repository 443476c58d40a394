import StepwellHistory

/// Writes chunks as a run.
struct RunFlush: Sendable {
    /// The number of the run.
    let run: UInt64
    private let chunks: [TailChunk]
    /// What the chunks come to, and the run so far; nil before the first step.
    private var work: (chunk: TailChunk, builder: RunBuilder)?
    private var record = 0
    private var row = 0

    /// Of chunks that follow each other, oldest first, into a run with a new number.
    init(of chunks: [TailChunk], run: UInt64) {
        self.chunks = chunks
        self.run = run
    }

    /// The next blocks; see `RunWriter`.
    mutating func next(blocks limit: Int) -> WrittenBlocks {
        let chunk: TailChunk
        var builder: RunBuilder
        (chunk, builder) = work ?? begin()
        work = nil
        // Entries are in front of all other rows.
        while builder.readyCount < limit, record < chunk.records.count {
            let execution = chunk.records[record].execution
            var value = ExecutionEntry.dropped
            let entry = chunk.records[record].stored.current
            if let entry {
                var writer = ByteWriter(capacity: 256)
                entry.write(to: &writer)
                value = writer.bytes
            }
            builder.add(IndexKey.entry(execution)[...], value[...], isGone: entry == nil)
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
        let finished = isDone ? builder.finish(level: 0) : nil
        defer { work = (chunk, builder) }
        return WrittenBlocks(blocks: builder.takeBlocks(), run: finished)
    }

    /// What there is to write: the same run comes of the same commits, in whatever chunks they are.
    private func begin() -> (TailChunk, RunBuilder) {
        let chunk = TailChunk.fold(chunks)
        return (chunk, RunBuilder(run: run, capacity: chunk.records.count * 2))
    }
}
