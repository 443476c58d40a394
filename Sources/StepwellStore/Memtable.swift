import StepwellEngine
import StepwellHistory

/// The derived data of the journal's tail, in memory; replaying the tail rebuilds it.
///
/// What a commit does is put entries into a table; the ordered indexes follow when somebody asks.
struct Memtable: Sendable {
    /// The journal position of the first batch that it covers.
    let firstPosition: UInt64
    private(set) var entries: [ExecutionNumber: ExecutionEntry] = [:]
    private var names: [NameKey: ExecutionNumber] = [:]
    private var keys = SortedKeys()
    /// Executions whose entries changed since the indexes were brought up to date.
    private var unindexed: Set<ExecutionNumber> = []
    private var machines: [NameKey: [UInt8]] = [:]
    private(set) var highest: ExecutionNumber?

    init(firstPosition: UInt64) {
        self.firstPosition = firstPosition
    }

    /// The entry of an execution that changed in this part of the journal.
    subscript(execution: ExecutionNumber) -> ExecutionEntry? { entries[execution] }

    /// Puts the newest entry of an execution in place.
    mutating func put(_ entry: ExecutionEntry) {
        let execution = entry.execution
        if entries.updateValue(entry, forKey: execution) == nil {
            highest = max(highest ?? execution, execution)
            if execution != .catalog {
                let known = names[entry.nameKey]
                names[entry.nameKey] = max(known ?? execution, execution)
            }
        }
        unindexed.insert(execution)
    }

    /// The newest execution of a name that changed in this part of the journal.
    func execution(named name: NameKey) -> ExecutionNumber? { names[name] }

    /// The keys from `start` as long as `body` wants them, in order.
    mutating func forEachKey(from start: [UInt8], _ body: ([UInt8]) -> Bool) {
        bringUpToDate()
        keys.forEach(from: start, body)
    }

    /// The first key that is not before `start`.
    mutating func firstKey(from start: [UInt8]) -> [UInt8]? {
        bringUpToDate()
        return keys.first(from: start)
    }

    /// Forgets a key that no entry has any more.
    mutating func forget(_ key: [UInt8]) {
        keys.remove(key)
    }

    /// All rows that a run needs, in the order of their keys.
    func rows() -> [RunBlock.Row] {
        var all: [RunBlock.Row] = []
        all.reserveCapacity(entries.count * 5)
        var machines: [NameKey: [UInt8]] = [:]
        for entry in entries.values {
            let machine = Self.machine(entry.head.stateMachineARN, in: &machines)
            var writer = ByteWriter(capacity: 256)
            entry.write(to: &writer)
            all.append(RunBlock.Row(key: IndexKey.entry(entry.execution), value: writer.bytes))
            for key in entry.orderedKeys(machine: machine) {
                all.append(RunBlock.Row(key: key, value: []))
            }
            guard entry.execution != .catalog else { continue }
            let name = IndexKey.name(entry.nameKey, entry.execution)
            all.append(RunBlock.Row(key: name, value: []))
        }
        all.sort { $0.key.precedes($1.key) }
        return all
    }

    private mutating func bringUpToDate() {
        guard !unindexed.isEmpty else { return }
        for execution in unindexed {
            guard let entry = entries[execution] else { continue }
            let machine = Self.machine(entry.head.stateMachineARN, in: &machines)
            for key in entry.orderedKeys(machine: machine) { keys.insert(key) }
        }
        unindexed.removeAll(keepingCapacity: true)
    }

    private static func machine(
        _ arn: String,
        in known: inout [NameKey: [UInt8]]
    ) -> [UInt8] {
        let key = NameKey(stateMachineARN: arn, executionName: "")
        if let hash = known[key] { return hash }
        let hash = IndexKey.hash(arn)
        known[key] = hash
        return hash
    }
}
