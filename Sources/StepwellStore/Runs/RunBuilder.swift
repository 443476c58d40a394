import StepwellHistory

/// Cuts rows that come in key order into the blocks of a run, its fences and its filter.
struct RunBuilder: Sendable {
    let run: UInt64
    private var fences: [[UInt8]] = []
    private var filter: BloomFilter
    /// The rows of the block that is being filled, as they are written.
    private var body = ByteWriter(capacity: RunBlock.targetSize + 512)
    private var bodyCount = 0
    private var bodySize = 0
    /// The key that was added last.
    private var last: [UInt8] = []
    private var rowCount = 0
    private var goneCount = 0
    private var finished: [[UInt8]] = []

    /// A builder of a run with at most this many executions and names.
    init(run: UInt64, capacity: Int) {
        self.run = run
        filter = BloomFilter(capacity: capacity)
    }

    /// Adds a row, whose key is behind all before.
    mutating func add(
        _ key: ArraySlice<UInt8>,
        _ value: ArraySlice<UInt8>,
        isGone: Bool = false
    ) {
        if let probe = SortedRun.probe(of: key) { filter.insert(probe) }
        if bodyCount == 0 {
            fences.append(Array(key))
            last.removeAll(keepingCapacity: true)
        }
        let shared = Self.sharedCount(last, key)
        body.writeCount(shared)
        body.writeCount(key.count - shared)
        body.writeRaw(key.dropFirst(shared))
        body.writeCount(value.count)
        body.writeRaw(value)
        last.replaceSubrange(shared..., with: key.dropFirst(shared))
        bodyCount += 1
        bodySize += key.count + value.count + 4
        rowCount += 1
        if isGone { goneCount += 1 }
        if bodySize >= RunBlock.targetSize { closeBlock() }
    }

    private static func sharedCount(_ last: [UInt8], _ key: ArraySlice<UInt8>) -> Int {
        let limit = min(last.count, key.count)
        var count = 0
        while count < limit, last[count] == key[key.startIndex + count] { count += 1 }
        return count
    }

    /// How many blocks are complete and were not taken yet.
    var readyCount: Int { finished.count }

    /// The blocks that are complete and were not taken yet, with their numbers.
    mutating func takeBlocks() -> [(number: UInt32, bytes: [UInt8])] {
        let first = fences.count - finished.count - (bodyCount > 0 ? 1 : 0)
        defer { finished.removeAll() }
        return finished.enumerated().map { (UInt32(first + $0.offset), $0.element) }
    }

    /// Completes the last block; gives the run, whose index block has still to be written.
    mutating func finish(level: UInt8) -> SortedRun {
        if bodyCount > 0 { closeBlock() }
        return SortedRun(
            identifier: run,
            level: level,
            rowCount: rowCount,
            goneCount: goneCount,
            fences: fences,
            filter: filter
        )
    }

    private mutating func closeBlock() {
        var block = ByteWriter(capacity: body.count + 10)
        block.writeCount(bodyCount)
        block.writeRaw(body.bytes)
        finished.append(RunBlock.seal(block.bytes, run: run, block: UInt32(fences.count - 1)))
        body.reset()
        bodyCount = 0
        bodySize = 0
    }
}
