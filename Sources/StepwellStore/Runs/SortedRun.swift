import StepwellEngine
import StepwellHistory
import StepwellLMDB

/// A sorted run of derived data on the disk, never changed once it is complete: blocks of rows, the
/// first key of each block, and a filter of the executions and names in it.
final class SortedRun: Sendable {
    let identifier: UInt64
    /// How often its rows were merged.
    let level: UInt8
    let rowCount: Int
    /// How many of them say that a key is there no more.
    let goneCount: Int
    /// The first key of each block.
    let fences: [[UInt8]]
    let filter: BloomFilter

    /// The number of the block that holds fences and filter, behind all others.
    static let indexBlock: UInt32 = .max

    /// What the filter is asked for a key: entries by their key, names without the number.
    static func probe(of key: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        switch key.first.flatMap(KeySpace.Index.init(rawValue:)) {
        case .entry: key
        case .name: key.dropLast(8)
        default: nil
        }
    }

    /// The key of a block in the table.
    static func key(run: UInt64, block: UInt32) -> [UInt8] {
        var key = KeyEncoding()
        key.append(run)
        for shift in [24, 16, 8, 0] as [UInt32] {
            key.append(UInt8(truncatingIfNeeded: block >> shift))
        }
        return key.bytes
    }

    /// The index block: level, rows, fences, words of the filter, rows that say that a key is there
    /// no more (runs of earlier versions end before that, and have none).
    var encodedIndex: [UInt8] {
        var body = ByteWriter(capacity: fences.count * 32 + filter.words.count * 8 + 16)
        body.write(level)
        body.writeCount(rowCount)
        body.writeCount(fences.count)
        for fence in fences { body.writeBytes(fence) }
        body.writeCount(filter.words.count)
        for word in filter.words { body.writeFixed(word) }
        body.writeCount(goneCount)
        return RunBlock.seal(body.bytes, run: identifier, block: Self.indexBlock)
    }

    /// Reads the index block of a run.
    convenience init(identifier: UInt64, index bytes: [UInt8]) throws(StoreError) {
        do throws(ByteReaderError) {
            var reader = try RunBlock.unseal(bytes, run: identifier, block: Self.indexBlock)
            let level = try reader.readByte()
            let rowCount = try reader.readCount()
            let count = try reader.readElementCount()
            var fences: [[UInt8]] = []
            fences.reserveCapacity(count)
            for _ in 0..<count { fences.append(try reader.readBytes()) }
            let wordCount = try reader.readElementCount()
            var words: [UInt64] = []
            words.reserveCapacity(wordCount)
            for _ in 0..<wordCount { words.append(try reader.readFixed64()) }
            let goneCount = reader.isAtEnd ? 0 : try reader.readCount()
            self.init(
                identifier: identifier,
                level: level,
                rowCount: rowCount,
                goneCount: goneCount,
                fences: fences,
                filter: BloomFilter(words: words)
            )
        } catch {
            throw StoreError(.damaged, "the index of run \(identifier): \(error.what)")
        }
    }

    init(
        identifier: UInt64,
        level: UInt8,
        rowCount: Int,
        goneCount: Int,
        fences: [[UInt8]],
        filter: BloomFilter
    ) {
        self.identifier = identifier
        self.level = level
        self.rowCount = rowCount
        self.goneCount = goneCount
        self.fences = fences
        self.filter = filter
    }

    /// The block in which the first key that is not before `key` is, or the one before it.
    func block(for key: [UInt8]) -> Int {
        var low = 0
        var high = fences.count
        while low < high {
            let middle = (low + high) / 2
            if key.precedes(fences[middle]) { high = middle } else { low = middle + 1 }
        }
        return max(0, low - 1)
    }
}
