import Synchronization

/// Counts what answering queries takes, for operators and tests.
final class ReadCounters: Sendable {
    /// Rows of ordered indexes that were looked at.
    let looks = Atomic<UInt64>(0)
    /// Entries that were decoded from rows of runs.
    let entries = Atomic<UInt64>(0)
    /// Blocks of runs that were read and verified.
    let blocks = Atomic<UInt64>(0)
}
