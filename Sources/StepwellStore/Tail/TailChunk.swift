import StepwellEngine
import StepwellHistory
import Synchronization

/// What some commits that follow each other did to the derived data; never changed.
///
/// Its rows are put in order when somebody first asks for them.
final class TailChunk: Sendable {
    /// By execution.
    let records: [TailRecord]
    private let ordered = Mutex<[IndexRow]?>(nil)

    /// A chunk of the records of one commit, in any order, one an execution.
    init(records: [TailRecord]) {
        self.records = records.sorted { $0.execution < $1.execution }
    }

    private init(ordered records: [TailRecord]) {
        self.records = records
    }

    /// The rows of the ordered indexes.
    var rows: [IndexRow] {
        ordered.withLock { ordered in
            if let ordered { return ordered }
            var rows: [IndexRow] = []
            rows.reserveCapacity(records.count * 4)
            for record in records { record.forEachRow { rows.append($0) } }
            rows.sort()
            ordered = rows
            return rows
        }
    }

    /// The entry of an execution that changed in it.
    func entry(of execution: ExecutionNumber) -> StoredEntry? {
        guard let first = records.first, let last = records.last,
            first.execution <= execution, execution <= last.execution
        else { return nil }
        var low = 0
        var high = records.count
        while low < high {
            let middle = (low + high) / 2
            if records[middle].execution < execution { low = middle + 1 } else { high = middle }
        }
        guard records[low].execution == execution else { return nil }
        return records[low].stored
    }

    /// One chunk in place of some that follow each other, oldest first.
    static func fold(_ chunks: [TailChunk]) -> TailChunk {
        var lists = chunks.map(\.records)
        while lists.count > 1 {
            lists = stride(from: 0, to: lists.count, by: 2).map { index in
                index + 1 < lists.count ? merge(lists[index], lists[index + 1]) : lists[index]
            }
        }
        return TailChunk(ordered: lists.first ?? [])
    }

    private static func merge(_ older: [TailRecord], _ newer: [TailRecord]) -> [TailRecord] {
        var merged: [TailRecord] = []
        merged.reserveCapacity(older.count + newer.count)
        var left = 0
        var right = 0
        while left < older.count, right < newer.count {
            let first = older[left].execution
            let second = newer[right].execution
            if first < second {
                merged.append(older[left])
                left += 1
            } else if second < first {
                merged.append(newer[right])
                right += 1
            } else {
                merged.append(older[left].followed(by: newer[right]))
                left += 1
                right += 1
            }
        }
        merged.append(contentsOf: older[left...])
        merged.append(contentsOf: newer[right...])
        return merged
    }
}

extension TailRecord {
    /// This and what came of the execution afterwards in one.
    fileprivate func followed(by newer: TailRecord) -> TailRecord {
        guard newer.stored.name == nil, let name = stored.name else {
            return TailRecord(stored: newer.stored, before: before)
        }
        let named = StoredEntry(entry: newer.stored.entry, machine: stored.machine, name: name)
        return TailRecord(stored: named, before: before)
    }
}
