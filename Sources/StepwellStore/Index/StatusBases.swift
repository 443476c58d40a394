import StepwellEngine
import Synchronization

/// How many executions of each status machines had when following the journal began, as far as
/// somebody has asked.
///
/// What has changed since is in each index, so that a machine's executions are counted once in the
/// life of a store, and never while they are not asked for.
final class StatusBases: Sendable {
    private let counts = Mutex<[Hash16: StatusCounts]>([:])

    /// The counts of a machine; nil while nobody has counted them.
    subscript(machine: Hash16) -> StatusCounts? {
        counts.withLock { $0[machine] }
    }

    /// Keeps what was counted; whoever counts comes to the same.
    func keep(_ counted: StatusCounts, of machine: Hash16) {
        counts.withLock { $0[machine] = counted }
    }
}
