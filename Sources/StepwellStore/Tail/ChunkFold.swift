import Dispatch
import Synchronization

/// Joins chunks that follow each other, in the background.
///
/// As in a log-structured merge, chunks of one order of magnitude are joined when there are eight,
/// so an entry is moved a few times and readers have few chunks to look through.
final class ChunkFold: Sendable {
    /// How many records are joined at once, between two commits.
    static let inlineLimit = 256
    private static let fanIn = 8
    /// Chunks of this many records are left alone.
    private static let recordLimit = 1 << 15

    /// What is joined, oldest first.
    let chunks: [TailChunk]
    private let folded = Mutex<TailChunk?>(nil)

    /// Begins to join them.
    init(_ chunks: [TailChunk]) {
        self.chunks = chunks
        DispatchQueue.global(qos: .utility).async { [self] in
            let chunk = TailChunk.fold(chunks)
            // Put in order here, and not by the first who asks.
            _ = chunk.rows
            folded.withLock { $0 = chunk }
        }
    }

    /// The one chunk, once it is there.
    var result: TailChunk? { folded.withLock { $0 } }

    /// The newest chunks that are of one order of magnitude and enough to be joined.
    static func due(in chunks: ArraySlice<TailChunk>) -> [TailChunk]? {
        guard chunks.count >= fanIn else { return nil }
        var limit = 8
        while limit <= recordLimit {
            let group = chunks.suffix(while: { $0.records.count < limit })
            if group.count >= fanIn { return Array(group) }
            limit *= 8
        }
        return nil
    }
}

extension ArraySlice {
    /// The longest end whose elements all satisfy a condition.
    fileprivate func suffix(while condition: (Element) -> Bool) -> ArraySlice {
        let start = lastIndex { !condition($0) }.map { $0 + 1 } ?? startIndex
        return self[start...]
    }
}
