import StepwellEngine
import StepwellHistory
import Synchronization

/// What some commits that follow each other did to the derived data; never changed.
///
/// Its rows are put in order when somebody first asks for them.
final class TailChunk: Sendable {
    /// By execution.
    let records: [TailRecord]
    private let ordered: Mutex<[IndexRow]?>

    /// A chunk of the records of one commit, in any order, one an execution.
    convenience init(records: [TailRecord]) {
        self.init(ordered: records.sorted { $0.execution < $1.execution }, rows: nil)
    }

    private init(ordered records: [TailRecord], rows: [IndexRow]?) {
        self.records = records
        ordered = Mutex(rows)
    }

    /// Whether its rows are in order already.
    var isOrdered: Bool { ordered.withLock { $0 != nil } }

    /// The rows of the ordered indexes.
    var rows: [IndexRow] {
        ordered.withLock { ordered in
            if let ordered { return ordered }
            let rows = Self.ordered(records)
            ordered = rows
            return rows
        }
    }

    /// The rows of records in order.
    ///
    /// By family: those of most come almost in order, from executions that begin one after another,
    /// and cost about a comparison each; mixed with those of the others none would.
    private static func ordered(_ records: [TailRecord]) -> [IndexRow] {
        var families = [[IndexRow]](repeating: [], count: KeySpace.Index.allCases.count + 1)
        for record in records {
            record.forEachRow { families[Int($0.scope.family.rawValue)].append($0) }
        }
        var rows: [IndexRow] = []
        rows.reserveCapacity(families.reduce(0) { $0 + $1.count })
        for family in families.indices {
            families[family].sort()
            rows += families[family]
        }
        return rows
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
    ///
    /// Rows that are in order stay so: no row is put in order twice.
    static func fold(_ chunks: [TailChunk]) -> TailChunk {
        let records = TailRecord.merge(chunks.map(\.records))
        guard chunks.contains(where: \.isOrdered) else {
            return TailChunk(ordered: records, rows: nil)
        }
        var rows = chunks.map(\.rows)
        while rows.count > 1 {
            rows = stride(from: 0, to: rows.count, by: 2).map { index in
                index + 1 < rows.count
                    ? IndexRow.merge(rows[index], rows[index + 1]) : rows[index]
            }
        }
        return TailChunk(ordered: records, rows: rows.first ?? [])
    }
}
