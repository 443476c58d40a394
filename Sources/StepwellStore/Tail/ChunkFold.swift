import Dispatch
import Synchronization

/// Joins chunks that follow each other, in the background.
///
/// As in a log-structured merge: an entry is moved a few times, and readers have few chunks to look
/// through.
final class ChunkFold: Sendable {
    /// How many records are joined at once, between two commits.
    static let inlineLimit = 256
    /// A chunk is joined with newer ones when it becomes so many times as large.
    private static let growth = 4
    /// Chunks of this many records are left alone.
    private static let recordLimit = 1 << 15
    /// A chunk of so many records is put in order before anybody asks.
    private static let orderedFrom = 1 << 9

    /// What is joined, oldest first.
    let chunks: [TailChunk]
    private let folded = Mutex<TailChunk?>(nil)

    /// Begins to join them.
    init(_ chunks: [TailChunk]) {
        self.chunks = chunks
        DispatchQueue.global(qos: .utility).async { [self] in
            let chunk = TailChunk.fold(chunks)
            // Put in order here, and not by the first who asks; a small one is soon joined again.
            if chunk.records.count >= Self.orderedFrom { _ = chunk.rows }
            folded.withLock { $0 = chunk }
        }
    }

    /// The one chunk, once it is there.
    var result: TailChunk? { folded.withLock { $0 } }

    /// The newest chunks that are to be joined now: as many as there are such that the first of
    /// them, and so each, becomes a multiple of what it is.
    ///
    /// So of n entries each is moved log n times, however large the commits are, and what is left
    /// alone is log n chunks.
    static func due(in chunks: ArraySlice<TailChunk>) -> [TailChunk]? {
        var start: Int?
        var newer = 0
        for index in chunks.indices.reversed() {
            let count = chunks[index].records.count
            guard count < recordLimit else { break }
            if newer > 0, count * (growth - 1) <= newer { start = index }
            newer += count
        }
        return start.map { Array(chunks[$0...]) }
    }
}
