import StepwellEngine
import StepwellHistory

/// A row of an ordered index: that an execution is at a place, or that it is there no more.
///
/// The newest row with a key counts. Rows follow from what an entry was and what it has become, so
/// the index says by itself what is true, and no entry has to be read to judge one.
struct IndexRow: Sendable, Hashable, Comparable {
    var scope: IndexScope
    var place: IndexPlace
    var mark: IndexMark

    static func < (lhs: IndexRow, rhs: IndexRow) -> Bool {
        if lhs.scope != rhs.scope { return lhs.scope < rhs.scope }
        return lhs.place < rhs.place
    }

    /// The rows of two parts that follow each other in one list, in order as theirs are.
    ///
    /// What came in one part and went in the other, or went and came again, is in neither: the
    /// index is then as it was before both.
    static func merge(_ older: [IndexRow], _ newer: [IndexRow]) -> [IndexRow] {
        [IndexRow](unsafeUninitializedCapacity: older.count + newer.count) { merged, count in
            var left = 0
            var right = 0
            func put(_ row: IndexRow) {
                merged.initializeElement(at: count, to: row)
                count += 1
            }
            while left < older.count, right < newer.count {
                let (first, second) = (older[left], newer[right])
                if first < second {
                    put(first)
                    left += 1
                } else if second < first {
                    put(second)
                    right += 1
                } else {
                    if (first.mark == .gone) == (second.mark == .gone) { put(second) }
                    left += 1
                    right += 1
                }
            }
            for row in older[left...] { put(row) }
            for row in newer[right...] { put(row) }
        }
    }
}

/// What a row of an index says of its key; the value of the row in a run.
enum IndexMark: Sendable, Hashable {
    /// It is there.
    case present
    /// It is there, and the execution is a child of a Map Run.
    case child
    /// It is there no more: of no use once no older row has the key.
    case gone

    private static let goneByte: UInt8 = 0
    private static let childByte: UInt8 = 1

    var encoded: [UInt8] {
        switch self {
        case .present: []
        case .child: [Self.childByte]
        case .gone: [Self.goneByte]
        }
    }

    /// Reads what `encoded` wrote; nil when it is something else.
    init?(_ value: ArraySlice<UInt8>) {
        switch value.first {
        case nil: self = .present
        case Self.goneByte where value.count == 1: self = .gone
        case Self.childByte where value.count == 1: self = .child
        default: return nil
        }
    }
}

/// What of an entry decides which rows it has.
struct EntryKeys: Sendable, Hashable {
    var status: ExecutionStatus
    var due: Timestamp?
    var isUnsettled: Bool
    var isMapRunChild: Bool

    init(_ entry: ExecutionEntry) {
        status = entry.head.summary.status
        due = entry.due
        isUnsettled = entry.isUnsettled
        isMapRunChild = entry.head.isMapRunChild
    }
}
