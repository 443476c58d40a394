package import StepwellEngine
import StepwellHistory
import Synchronization

/// The dead letters: what could not be delivered, until it is redriven or deleted.
///
/// There is a bound on their number, beyond which the oldest are given up.
package final class DeadLetterBox: TriggerComponent {
    /// How many are kept.
    static let capacity = 100_000

    private let count = Mutex(0)

    package init() {}

    /// Counts what is there.
    package func load(from store: any TriggerStore) throws(StoreError) {
        var count = 0
        var next: [UInt8] = []
        while true {
            let rows = try store.rows(of: .deadLetter, from: next, limit: 1_000)
            count += rows.count
            guard rows.count == 1_000, let last = rows.last else { break }
            next = last.key + [0]
        }
        self.count.withLock { $0 = count }
        TriggerMetrics.shared.counted(deadLetters: count)
    }

    package func committed(_ kinds: Set<TriggerKind>) {
        guard kinds.contains(.deadLetter) else { return }
        TriggerMetrics.shared.counted(deadLetters: count.withLock { $0 })
    }

    /// Adds a letter; the oldest goes when there are too many.
    func add(_ letter: DeadLetter, _ batch: inout TriggerBatch) {
        batch.put(letter.row)
        let isFull = count.withLock { count in
            count += 1
            return count > Self.capacity
        }
        guard isFull,
            let oldest = try? batch.durableRows(of: .deadLetter, from: [], limit: 1).first
        else { return }
        batch.delete(.deadLetter, key: oldest.key)
        count.withLock { $0 -= 1 }
    }

    /// Takes a letter out; nil when it is not there.
    func remove(key: [UInt8], _ batch: inout TriggerBatch) throws(ServiceError) -> DeadLetter? {
        guard let value = try batch.value(of: .deadLetter, key: key) else { return nil }
        batch.delete(.deadLetter, key: key)
        count.withLock { $0 -= 1 }
        return DeadLetter(TriggerRow(.deadLetter, key: key, value: value))
    }
}
