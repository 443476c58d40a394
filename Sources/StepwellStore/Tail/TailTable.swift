import StepwellEngine
import StepwellHistory

/// The newest entries and names of a part of the journal, for the commit thread alone.
struct TailTable: Sendable {
    private var entries: [ExecutionNumber: StoredEntry] = [:]
    private var names: [Hash16: ExecutionNumber] = [:]

    /// How many executions changed in this part.
    var count: Int { entries.count }

    /// The entry of an execution that changed in this part.
    subscript(execution: ExecutionNumber) -> StoredEntry? { entries[execution] }

    /// Puts the newest entry of an execution in place.
    mutating func put(_ stored: StoredEntry) {
        let execution = stored.execution
        guard entries.updateValue(stored, forKey: execution) == nil,
            let name = stored.name, execution != .catalog
        else { return }
        names[name] = max(names[name] ?? execution, execution)
    }

    /// The newest execution that began in this part under a name with this hash.
    func execution(named hash: Hash16) -> ExecutionNumber? { names[hash] }
}
