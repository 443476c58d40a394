import StepwellEngine
import StepwellHistory

/// An entry as it is kept in memory, shared by all who have it.
final class StoredEntry: Sendable {
    let entry: ExecutionEntry
    /// The hash of its state machine.
    let machine: Hash16
    /// The hash of its name; of one that changed in this part of the journal, but neither began nor
    /// was dropped in it, nil.
    let name: Hash16?
    /// Whether it is a child of a Map Run.
    let isMapRunChild: Bool
    /// Whether the execution is no more; the entry is then what it was last.
    let isDropped: Bool

    init(entry: ExecutionEntry, machine: Hash16, name: Hash16?, isDropped: Bool = false) {
        self.entry = entry
        self.machine = machine
        self.name = name
        self.isDropped = isDropped
        isMapRunChild = entry.head.isMapRunChild
    }

    /// The entry, unless the execution is no more.
    var current: ExecutionEntry? { isDropped ? nil : entry }

    var execution: ExecutionNumber { entry.head.execution }
}

/// What became of an execution's entry in a part of the journal.
struct TailRecord: Sendable {
    /// Of `stored`; here too, where records are compared.
    let execution: ExecutionNumber
    /// The newest entry.
    let stored: StoredEntry
    /// What it was before that part; nil when it was not there.
    let before: EntryKeys?

    init(stored: StoredEntry, before: EntryKeys?) {
        execution = stored.execution
        self.stored = stored
        self.before = before
    }

    /// Calls `body` with each row in which the index after the part differs from the one before.
    func forEachRow(_ body: (IndexRow) -> Void) {
        let execution = execution
        guard execution != .catalog else { return }
        guard !stored.isDropped else { return forEachRowGone(body) }
        let entry = stored.entry
        let start = entry.head.startDate
        let status = entry.head.summary.status
        func add(_ scope: IndexScope, at time: Timestamp, _ mark: IndexMark) {
            body(IndexRow(scope: scope, place: scope.place(of: execution, at: time), mark: mark))
        }
        if before == nil {
            if let name = stored.name { add(.name(name), at: start, .present) }
            add(.listing(stored.machine, status: nil), at: start, .present)
        }
        if before?.status != status {
            if let gone = before?.status {
                add(.listing(stored.machine, status: gone), at: start, .gone)
            }
            add(.listing(stored.machine, status: status), at: start, .present)
        }
        let due = entry.due
        if before?.due != due {
            if let gone = before?.due { add(.due, at: gone, .gone) }
            if let due { add(.due, at: due, stored.isMapRunChild ? .child : .present) }
        }
        let isUnsettled = entry.isUnsettled
        if (before?.isUnsettled ?? false) != isUnsettled {
            add(.unsettled, at: start, isUnsettled ? .present : .gone)
        }
    }

    /// Of an execution that is no more: every row that it had before the part is gone.
    private func forEachRowGone(_ body: (IndexRow) -> Void) {
        guard let before else { return }
        let execution = execution
        let start = stored.entry.head.startDate
        func gone(_ scope: IndexScope, at time: Timestamp) {
            body(IndexRow(scope: scope, place: scope.place(of: execution, at: time), mark: .gone))
        }
        if let name = stored.name { gone(.name(name), at: start) }
        gone(.listing(stored.machine, status: nil), at: start)
        gone(.listing(stored.machine, status: before.status), at: start)
        if let due = before.due { gone(.due, at: due) }
        if before.isUnsettled { gone(.unsettled, at: start) }
    }
}

extension TailRecord {
    /// The records of parts that follow each other in one list, which is by execution as theirs
    /// are; oldest part first.
    static func merge(_ parts: [[TailRecord]]) -> [TailRecord] {
        let parts = parts.filter { !$0.isEmpty }
        let areApart = zip(parts, parts.dropFirst()).allSatisfy { older, newer in
            older[older.count - 1].execution < newer[0].execution
        }
        // Executions that began one after another: there is nothing to compare.
        if areApart { return Array(parts.joined()) }
        var merged: [TailRecord] = []
        merged.reserveCapacity(parts.reduce(0) { $0 + $1.count })
        var places = [Int](repeating: 0, count: parts.count)
        while true {
            var next: ExecutionNumber?
            for part in parts.indices where places[part] < parts[part].count {
                let execution = parts[part][places[part]].execution
                next = min(next ?? execution, execution)
            }
            guard let next else { return merged }
            var record: TailRecord?
            for part in parts.indices where places[part] < parts[part].count {
                let newer = parts[part][places[part]]
                guard newer.execution == next else { continue }
                record = record?.followed(by: newer) ?? newer
                places[part] += 1
            }
            if let record { merged.append(record) }
        }
    }

    /// This and what came of the execution afterwards in one.
    private func followed(by newer: TailRecord) -> TailRecord {
        guard newer.stored.name == nil, let name = stored.name else {
            return TailRecord(stored: newer.stored, before: before)
        }
        let named = StoredEntry(entry: newer.stored.entry, machine: stored.machine, name: name)
        return TailRecord(stored: named, before: before)
    }
}
