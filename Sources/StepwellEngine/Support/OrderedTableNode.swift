/// A node of an `OrderedTable`: a leaf with entries, or children with a lower bound of each one's
/// keys.
struct OrderedTableNode<Key: Comparable & Sendable, Value: Sendable>: Sendable {
    /// The most entries or children of a node.
    private static var width: Int { 32 }

    /// A leaf's keys; else a bound for each child: no key of it is less, none of those before it is
    /// as great.
    private var keys: [Key] = []
    private var values: [Value] = []
    /// Empty in a leaf.
    private var children: [OrderedTableNode] = []

    /// An empty leaf.
    init() {}

    /// A node above two, neither of which is empty.
    init(_ left: OrderedTableNode, _ right: OrderedTableNode) {
        keys = [left.keys[0], right.keys[0]]
        children = [left, right]
    }

    private var isLeaf: Bool { children.isEmpty }

    func value(of key: Key) -> Value? {
        guard isLeaf else { return children[child(for: key)].value(of: key) }
        let place = place(of: key)
        return place < keys.count && !(key < keys[place]) ? values[place] : nil
    }

    /// Gives a key a value; what the node has to give away when it has become too wide.
    mutating func put(
        _ value: Value,
        for key: Key
    ) -> (isNew: Bool, sibling: OrderedTableNode?) {
        guard isLeaf else { return putBelow(value, for: key) }
        let place = place(of: key)
        if place < keys.count, !(key < keys[place]) {
            values[place] = value
            return (false, nil)
        }
        keys.insert(key, at: place)
        values.insert(value, at: place)
        return (true, split())
    }

    private mutating func putBelow(
        _ value: Value,
        for key: Key
    ) -> (isNew: Bool, sibling: OrderedTableNode?) {
        let index = child(for: key)
        if index == 0, key < keys[0] { keys[0] = key }
        let (isNew, sibling) = children[index].put(value, for: key)
        guard let sibling else { return (isNew, nil) }
        keys.insert(sibling.keys[0], at: index + 1)
        children.insert(sibling, at: index + 1)
        return (isNew, split())
    }

    /// Takes a key away; gives the value that it had.
    mutating func remove(_ key: Key) -> Value? {
        guard isLeaf else {
            let index = child(for: key)
            guard let value = children[index].remove(key) else { return nil }
            tidy(index)
            return value
        }
        let place = place(of: key)
        guard place < keys.count, !(key < keys[place]) else { return nil }
        keys.remove(at: place)
        return values.remove(at: place)
    }

    /// Lets a root with one child give way to it.
    mutating func shrink() {
        while children.count == 1 { self = children[0] }
    }

    /// Visits the entries behind a key; whether to go on.
    func visit(after key: Key?, _ body: (Key, Value) -> Bool) -> Bool {
        guard isLeaf else {
            let first = key.map { child(for: $0) } ?? 0
            for index in first..<children.count {
                guard children[index].visit(after: index == first ? key : nil, body) else {
                    return false
                }
            }
            return true
        }
        for index in (key.map { bound(behind: $0) } ?? 0)..<keys.count {
            guard body(keys[index], values[index]) else { return false }
        }
        return true
    }

    // MARK: Places

    /// The first place whose key is not less than a key.
    private func place(of key: Key) -> Int {
        var (low, high) = (0, keys.count)
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The first place whose key is greater than a key.
    private func bound(behind key: Key) -> Int {
        var (low, high) = (0, keys.count)
        while low < high {
            let middle = (low + high) / 2
            if key < keys[middle] { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private func child(for key: Key) -> Int { max(0, bound(behind: key) - 1) }

    // MARK: Widths

    private mutating func split() -> OrderedTableNode? {
        guard keys.count > Self.width else { return nil }
        let middle = keys.count / 2
        var right = OrderedTableNode()
        right.keys = Array(keys[middle...])
        keys.removeSubrange(middle...)
        if isLeaf {
            right.values = Array(values[middle...])
            values.removeSubrange(middle...)
        } else {
            right.children = Array(children[middle...])
            children.removeSubrange(middle...)
        }
        return right
    }

    /// Takes away a child that has become empty, or joins one that has become narrow with its
    /// neighbour.
    private mutating func tidy(_ index: Int) {
        if children[index].keys.isEmpty {
            keys.remove(at: index)
            children.remove(at: index)
            return
        }
        guard children[index].keys.count < Self.width / 4, children.count > 1 else { return }
        let left = max(0, index - 1)
        guard children[left].keys.count + children[left + 1].keys.count <= Self.width else {
            return
        }
        let right = children.remove(at: left + 1)
        keys.remove(at: left + 1)
        children[left].keys += right.keys
        children[left].values += right.values
        children[left].children += right.children
    }
}
