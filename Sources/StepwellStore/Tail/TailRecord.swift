import StepwellEngine
import StepwellHistory

/// An entry as it is kept in memory, shared by all who have it.
final class StoredEntry: Sendable {
    let entry: ExecutionEntry
    /// The hash of its state machine.
    let machine: Hash16
    /// The hash of its name; of one that changed in this part of the journal, but began before it,
    /// nil.
    let name: Hash16?

    init(entry: ExecutionEntry, machine: Hash16, name: Hash16?) {
        self.entry = entry
        self.machine = machine
        self.name = name
    }

    var execution: ExecutionNumber { entry.head.execution }
}

/// What became of an execution's entry in a part of the journal.
struct TailRecord: Sendable {
    /// The newest entry.
    var stored: StoredEntry
    /// What it was before that part; nil when it was not there.
    var before: EntryKeys?

    var execution: ExecutionNumber { stored.execution }

    /// Calls `body` with each row in which the index after the part differs from the one before.
    func forEachRow(_ body: (IndexRow) -> Void) {
        let execution = execution
        guard execution != .catalog else { return }
        let entry = stored.entry
        let start = entry.head.startDate
        let after = EntryKeys(entry)
        func add(_ scope: IndexScope, at time: Timestamp, _ mark: IndexMark) {
            body(IndexRow(scope: scope, place: scope.place(of: execution, at: time), mark: mark))
        }
        if before == nil {
            if let name = stored.name { add(.name(name), at: start, .present) }
            add(.listing(stored.machine, status: nil), at: start, .present)
        }
        if before?.status != after.status {
            if let gone = before?.status {
                add(.listing(stored.machine, status: gone), at: start, .gone)
            }
            add(.listing(stored.machine, status: after.status), at: start, .present)
        }
        if before?.due != after.due {
            if let gone = before?.due { add(.due, at: gone, .gone) }
            if let due = after.due {
                add(.due, at: due, entry.head.isMapRunChild ? .child : .present)
            }
        }
        if (before?.isUnsettled ?? false) != after.isUnsettled {
            add(.unsettled, at: start, after.isUnsettled ? .present : .gone)
        }
    }
}
