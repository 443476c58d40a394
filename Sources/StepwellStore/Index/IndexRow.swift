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
