import Synchronization

/// The blocks of runs that were read last, up to so many bytes; shared by all readers.
///
/// Two generations: a block that is asked for moves to the young one, and when that is full it
/// becomes the old one, whose blocks are forgotten.
final class BlockCache: Sendable {
    private struct Key: Hashable {
        let run: UInt64
        let block: Int
    }

    private struct State {
        var young: [Key: BlockRows] = [:]
        var old: [Key: BlockRows] = [:]
        var youngBytes = 0
    }

    private let state = Mutex(State())
    private let byteLimit: Int

    /// A cache of at most about so many bytes.
    init(byteLimit: Int) {
        self.byteLimit = byteLimit
    }

    /// A block that is kept.
    func block(_ block: Int, of run: UInt64) -> BlockRows? {
        let key = Key(run: run, block: block)
        return state.withLock { state in
            if let rows = state.young[key] { return rows }
            guard let rows = state.old[key] else { return nil }
            keep(rows, as: key, in: &state)
            return rows
        }
    }

    /// Keeps a block that was read.
    func keep(_ rows: BlockRows, as block: Int, of run: UInt64) {
        state.withLock { keep(rows, as: Key(run: run, block: block), in: &$0) }
    }

    private func keep(_ rows: BlockRows, as key: Key, in state: inout State) {
        guard state.young.updateValue(rows, forKey: key) == nil else { return }
        state.youngBytes += rows.byteCount
        guard state.youngBytes > byteLimit / 2 else { return }
        state.old = state.young
        state.young = [:]
        state.youngBytes = 0
    }
}
