/// The two slots between a shard's threads: the batch that is being committed, and one that waits.
///
/// While a batch waits, later ones are merged into it, up to a size; so a commit carries what came
/// during the commit before. Beyond that size the turn thread has to wait.
// Safe: every stored variable is read and written only while `condition` is locked.
final class CommitQueue: @unchecked Sendable {
    private let condition = MonotonicCondition()
    private let byteLimit: Int
    private let onRoom: @Sendable () -> Void
    private var waiting: SealedBatch?
    private var isCommitting = false
    private var isClosed = false
    private var generation: UInt64 = 0

    /// `onRoom` is called when the commit thread has taken the batch that waited.
    init(byteLimit: Int, onRoom: @escaping @Sendable () -> Void) {
        self.byteLimit = byteLimit
        self.onRoom = onRoom
    }

    /// Whether a batch offered now would start to be committed at once.
    var isIdle: Bool {
        condition.lock()
        defer { condition.unlock() }
        return waiting == nil && !isCommitting
    }

    /// Whether a batch offered now would be taken.
    var hasRoom: Bool {
        condition.lock()
        defer { condition.unlock() }
        return (waiting?.byteCount ?? 0) < byteLimit
    }

    /// Puts a batch in, behind or into the one that waits.
    func offer(_ batch: SealedBatch) {
        condition.lock()
        defer { condition.unlock() }
        guard batch.generation == generation else { return }
        if waiting == nil {
            waiting = batch
        } else {
            waiting?.merge(batch)
        }
        condition.signal()
    }

    /// The next batch to commit; waits for one; nil when the queue is closed and empty, or when
    /// `milliseconds` have passed without one.
    func take(waitingAtMost milliseconds: Int) -> Taken {
        condition.lock()
        let end = MonotonicCondition.Moment(in: UInt64(milliseconds) * 1_000_000)
        while waiting == nil, !isClosed, condition.wait(upTo: end) {}
        let taken: Taken
        if let batch = waiting {
            waiting = nil
            isCommitting = true
            taken = .batch(batch)
        } else {
            taken = isClosed ? .closed : .nothing
        }
        condition.unlock()
        if case .batch = taken { onRoom() }
        return taken
    }

    /// The batch that was taken has been dealt with.
    func finish() {
        condition.lock()
        isCommitting = false
        condition.unlock()
    }

    /// What `take` gives.
    enum Taken {
        case batch(SealedBatch)
        case nothing
        case closed
    }

    /// Drops what waits and refuses batches of the generations up to now.
    func startGeneration(_ generation: UInt64) {
        condition.lock()
        self.generation = generation
        waiting = nil
        condition.unlock()
    }

    /// Lets the commit thread end once it has taken what waits.
    func close() {
        condition.lock()
        isClosed = true
        condition.broadcast()
        condition.unlock()
    }
}
