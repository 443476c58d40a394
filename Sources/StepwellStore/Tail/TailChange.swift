import StepwellEngine
import StepwellHistory

/// What a batch does to one execution's entry.
struct TailChange: Sendable {
    var entry: ExecutionEntry
    /// What it was before the batch; nil when it was not there.
    var before: EntryKeys?
    var wasOpen: Bool
    /// The hash of its name, when it begins or is dropped in the batch.
    var name: Hash16?
    /// Whether it is no more behind the batch.
    var isDropped = false

    /// How many more executions are open behind the batch.
    var opened: Int { (entry.head.isOpen ? 1 : 0) - (wasOpen ? 1 : 0) }
}
