/// How a tree compares its keys.
enum KeyOrder {
    /// By their bytes; a prefix comes first.
    case bytes
    /// As little-endian integers: the tree of free pages.
    case integer

    func isBefore(_ lhs: [UInt8], _ rhs: [UInt8]) -> Bool {
        switch self {
        case .bytes: lhs.lexicographicallyPrecedes(rhs)
        case .integer: lhs.reversed().lexicographicallyPrecedes(rhs.reversed())
        }
    }
}

/// The state of a walk in key order: what the next key has to be behind.
struct TreeWalk {
    let order: KeyOrder
    var entries: UInt64 = 0
    private var last: [UInt8]?
    private var lower: [UInt8]?

    init(order: KeyOrder) {
        self.order = order
    }

    /// Takes a leaf's key, which has to be behind the last one and not before its branch's.
    mutating func accept(
        _ key: [UInt8],
        page: UInt64,
        of file: DataFile
    ) throws(LMDBError) {
        if order == .integer && key.count != 8 {
            throw file.damaged("a key on page \(page) is not a number")
        }
        if let last, !order.isBefore(last, key) {
            throw file.damaged("the keys on page \(page) are not in order")
        }
        if let lower, order.isBefore(key, lower) {
            throw file.damaged("a key on page \(page) is before its branch")
        }
        last = key
    }

    /// Takes a branch's key, which has to be behind the last leaf's.
    mutating func bound(
        _ key: [UInt8],
        page: UInt64,
        of file: DataFile
    ) throws(LMDBError) {
        if order == .integer && key.count != 8 {
            throw file.damaged("a key on page \(page) is not a number")
        }
        if let last, !order.isBefore(last, key) {
            throw file.damaged("the branches on page \(page) are not in order")
        }
        lower = key
    }
}
