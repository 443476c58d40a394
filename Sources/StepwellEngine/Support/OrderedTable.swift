/// A sorted map of which a copy costs nothing: a change of one copies the way to what it changes,
/// and shares all else with the others.
///
/// A lookup, a change and the first step of a walk cost O(log n), however many copies there are.
/// Entries are kept in leaves of bounded width (a B+ tree).
package struct OrderedTable<Key: Comparable & Sendable, Value: Sendable>: Sendable {
    private var root = OrderedTableNode<Key, Value>()
    /// How many entries there are.
    package private(set) var count = 0

    package init() {}

    /// Whether there is no entry.
    package var isEmpty: Bool { count == 0 }

    /// The value of a key.
    package subscript(key: Key) -> Value? { root.value(of: key) }

    /// Gives a key a value, in place of the one that it has.
    package mutating func put(_ value: Value, for key: Key) {
        let (isNew, sibling) = root.put(value, for: key)
        if isNew { count += 1 }
        if let sibling { root = OrderedTableNode(root, sibling) }
    }

    /// Takes a key away; gives the value that it had.
    @discardableResult
    package mutating func remove(_ key: Key) -> Value? {
        guard let value = root.remove(key) else { return nil }
        count -= 1
        root.shrink()
        return value
    }

    /// Visits the entries in order of the keys, from behind one (nil: from the first), while `body`
    /// says so.
    package func forEach(after key: Key? = nil, while body: (Key, Value) -> Bool) {
        _ = root.visit(after: key, body)
    }

    /// The first entries behind a key (nil: of all), at most `limit`.
    package func entries(after key: Key? = nil, limit: Int) -> [(key: Key, value: Value)] {
        var found: [(key: Key, value: Value)] = []
        guard limit > 0 else { return found }
        forEach(after: key) { key, value in
            found.append((key, value))
            return found.count < limit
        }
        return found
    }

    /// All values in order of the keys.
    package var values: [Value] {
        var values: [Value] = []
        values.reserveCapacity(count)
        forEach { _, value in
            values.append(value)
            return true
        }
        return values
    }
}
