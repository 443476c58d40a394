import StepwellEngine
import StepwellHistory

/// What the turns of a commit do to entries, one change an execution, in the order in which they
/// were first touched.
struct TailChanges: Sendable {
    private(set) var all: [TailChange] = []
    private var places: [ExecutionNumber: Int] = [:]
    private var names: [Hash16: Int] = [:]

    /// The entry of an execution that changed.
    subscript(execution: ExecutionNumber) -> ExecutionEntry? {
        places[execution].map { all[$0].entry }
    }

    /// Whether an execution was dropped.
    func isDropped(_ execution: ExecutionNumber) -> Bool {
        places[execution].map { all[$0].isDropped } ?? false
    }

    /// Notes that the execution of an entry, which is that of the store, is no more.
    mutating func drop(_ entry: ExecutionEntry) {
        put(entry, behind: entry)
        guard let place = places[entry.execution] else { return }
        all[place].isDropped = true
        all[place].name = Hash16(entry.head.stateMachineARN, entry.head.executionName)
    }

    /// Puts an entry in place of the one before.
    mutating func put(_ entry: ExecutionEntry, behind before: ExecutionEntry?) {
        if let place = places[entry.execution] {
            all[place].entry = entry
            return
        }
        var name: Hash16?
        if before == nil, entry.execution != .catalog {
            let hash = Hash16(entry.head.stateMachineARN, entry.head.executionName)
            names[hash] = all.count
            name = hash
        }
        places[entry.execution] = all.count
        all.append(
            TailChange(
                entry: entry,
                before: before.map(EntryKeys.init),
                wasOpen: before?.head.isOpen ?? false,
                name: name
            )
        )
    }

    /// The newest execution that begins under a name with this hash.
    func entry(named hash: Hash16) -> ExecutionEntry? {
        names[hash].map { all[$0].entry }
    }
}
