/// The members of a JSON object in the order they were written; keys are compared by bytes.
///
/// A key that is written again replaces the earlier value and keeps the earlier place, as Jackson
/// (and so AWS) does it. Looking up a key takes the same time however many members there are;
/// removing one takes time by their number.
public struct JSONObject: Sendable, Equatable {
    /// One member.
    public typealias Member = (key: String, value: JSONValue)

    private(set) var members: ContiguousArray<JSONMember>
    /// Where each key is, once there are more than a linear search should look at; it always
    /// speaks of all members.
    private var index: JSONObjectIndex?

    /// An empty object.
    public init() {
        members = []
    }

    /// An object with the given members; the last of equal keys wins.
    public init(_ members: some Sequence<(String, JSONValue)>) {
        self.init()
        for (key, value) in members {
            self[key] = value
        }
    }

    /// An object of members whose keys are known to differ.
    package init(uniqueMembers members: ContiguousArray<Member>) {
        self.members = ContiguousArray(members.map { JSONMember(key: $0.key, value: $0.value) })
        rebuildIndex()
    }

    /// The reader's: `index` speaks of all members, and is there when they are many.
    init(members: ContiguousArray<JSONMember>, index: JSONObjectIndex?) {
        self.members = members
        self.index = index
    }

    /// The number of members.
    public var count: Int { members.count }

    /// Whether there are no members.
    public var isEmpty: Bool { members.isEmpty }

    /// The keys in order.
    public var keys: [String] { members.map(\.key) }

    /// The values in order.
    public var values: [JSONValue] { members.map(\.value) }

    /// The value of a key; setting appends or replaces in place, setting `nil` removes.
    public subscript(key: String) -> JSONValue? {
        get {
            position(of: key).map { members[$0].value }
        }
        set {
            guard let newValue else {
                removeValue(forKey: key)
                return
            }
            if let found = position(of: key) {
                members[found].value = newValue
            } else {
                append(JSONMember(key: key, value: newValue))
            }
        }
    }

    /// The value of a key, changed in place; a key that is not there begins with `default`.
    public subscript(
        key: String,
        default fallback: @autoclosure () -> JSONValue
    ) -> JSONValue {
        get {
            self[key] ?? fallback()
        }
        _modify {
            let place = position(of: key) ?? members.count
            if place == members.count {
                append(JSONMember(key: key, value: fallback()))
            }
            yield &members[place].value
        }
    }

    /// Removes a member.
    ///
    /// - Parameter key: its key.
    /// - Returns: its value, or `nil` when there was none.
    @discardableResult
    public mutating func removeValue(forKey key: String) -> JSONValue? {
        guard let found = position(of: key) else {
            return nil
        }
        let removed = members.remove(at: found)
        rebuildIndex()
        return removed.value
    }

    /// Makes room, so that adding up to `minimumCapacity` members in all does not reallocate.
    public mutating func reserveCapacity(_ minimumCapacity: Int) {
        members.reserveCapacity(minimumCapacity)
    }

    /// The place of a key in `members`.
    package func position(of key: String) -> Int? {
        if let index {
            return index.position(hash: JSONObjectIndex.hash(key)) {
                members[$0].key.hasSameBytes(as: key)
            }
        }
        return members.firstIndex { $0.key.hasSameBytes(as: key) }
    }

    /// The key of the member at a place below `count`.
    package func key(at place: Int) -> String { members[place].key }

    /// The value of the member at a place that `position(of:)` gave.
    package func value(at place: Int) -> JSONValue { members[place].value }

    private mutating func append(_ member: JSONMember) {
        members.append(member)
        if index != nil {
            index?.insert(JSONObjectIndex.hash(member.key), at: members.count - 1)
        } else {
            rebuildIndex()
        }
    }

    private mutating func rebuildIndex() {
        index = nil
        guard members.count > JSONObjectIndex.threshold else {
            return
        }
        var built = JSONObjectIndex(minimumCapacity: members.count)
        for (position, member) in members.enumerated() {
            built.insert(JSONObjectIndex.hash(member.key), at: position)
        }
        index = built
    }

    /// Equality of the members, without regard to their order.
    public static func == (lhs: JSONObject, rhs: JSONObject) -> Bool {
        guard lhs.count == rhs.count else {
            return false
        }
        for (position, member) in lhs.members.enumerated() {
            // Mostly the order is the same, and no search is needed.
            let sameOrder = rhs.members[position].key.hasSameBytes(as: member.key)
            let other = sameOrder ? rhs.members[position].value : rhs[member.key]
            if other != member.value {
                return false
            }
        }
        return true
    }
}

extension JSONObject: Sequence {
    /// Goes through the members in order.
    public struct Iterator: IteratorProtocol, Sendable {
        private var members: ContiguousArray<JSONMember>.Iterator

        fileprivate init(_ members: ContiguousArray<JSONMember>) {
            self.members = members.makeIterator()
        }

        /// The next member, or `nil` after the last.
        public mutating func next() -> Member? {
            members.next().map { ($0.key, $0.value) }
        }
    }

    /// The members in order.
    public func makeIterator() -> Iterator {
        Iterator(members)
    }

    /// The number of members.
    public var underestimatedCount: Int { members.count }
}
