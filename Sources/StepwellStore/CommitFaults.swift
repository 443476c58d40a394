import Synchronization

/// Faults that a test has the next commits meet.
package final class CommitFaults: Sendable {
    /// What goes wrong with one commit.
    package enum Fault: Sendable, Hashable {
        /// The disk is full; nothing is written.
        case full
        /// Writing fails; nothing is written.
        case failed
        /// The outcome is not known; the batch is in fact durable.
        case unknownButDurable
        /// The outcome is not known; the batch is in fact lost.
        case unknownAndLost
    }

    private let queue = Mutex<[Fault?]>([])
    private let confirmationFails = Atomic(false)

    package init() {}

    /// Has the next commit that no fault is planned for meet `fault`.
    package func inject(_ fault: Fault) {
        queue.withLock { $0.append(fault) }
    }

    /// Lets one commit pass before the next fault.
    package func pass() {
        queue.withLock { $0.append(nil) }
    }

    /// Has every attempt fail to make sure of a commit whose outcome was not known.
    package func failConfirmations() {
        confirmationFails.store(true, ordering: .releasing)
    }

    func failsConfirmation() -> Bool {
        confirmationFails.load(ordering: .acquiring)
    }

    func next() -> Fault? {
        queue.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    }
}
