import DequeModule
import Synchronization

/// The newest durable batch of a shard, and the outputs that wait for it to rise.
///
/// Every output is held under the newest batch that what it says depends on; batches are numbered
/// from 1 in the order they are sealed. The turn thread holds outputs, the commit thread raises
/// the mark.
package final class Watermark: Sendable {
    private struct Held: Sendable {
        let batch: UInt64
        var outputs: [HeldOutput]
    }

    private struct State: Sendable {
        var durable: UInt64 = 0
        var held: Deque<Held> = []
    }

    private let state = Mutex(State())
    private let published = Atomic<UInt64>(0)

    package init() {}

    /// The number of the newest durable batch.
    package var durable: UInt64 { published.load(ordering: .acquiring) }

    /// Holds the outputs of a batch that has just been sealed; batches come in order.
    func hold(_ outputs: [HeldOutput], sealedAs batch: UInt64) {
        state.withLock { $0.held.append(Held(batch: batch, outputs: outputs)) }
    }

    /// Holds one more output under a sealed batch; answers false, and holds nothing, when that
    /// batch is durable already.
    func hold(_ output: HeldOutput, after batch: UInt64) -> Bool {
        state.withLock { state in
            guard batch > state.durable else { return false }
            for index in state.held.indices where state.held[index].batch >= batch {
                state.held[index].outputs.append(output)
                return true
            }
            return false
        }
    }

    /// Raises the mark and gives the outputs that may leave now, oldest first.
    package func advance(to batch: UInt64) -> [HeldOutput] {
        let released = state.withLock { state in
            state.durable = batch
            var released: [HeldOutput] = []
            while let first = state.held.first, first.batch <= batch {
                released.append(contentsOf: first.outputs)
                state.held.removeFirst()
            }
            return released
        }
        published.store(batch, ordering: .releasing)
        return released
    }

    /// Gives every output above the mark, none of which may leave as what it was.
    func takeAll() -> [HeldOutput] {
        state.withLock { state in
            let outputs = state.held.flatMap(\.outputs)
            state.held.removeAll()
            return outputs
        }
    }
}
