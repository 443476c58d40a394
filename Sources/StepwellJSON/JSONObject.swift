/// The members of a JSON object in the order they were written; keys are compared by bytes.
///
/// A key that is written again replaces the earlier value and keeps the earlier place, as Jackson
/// (and so AWS) does it.
public struct JSONObject: Sendable, Equatable {
    /// One member.
    public typealias Member = (key: String, value: JSONValue)

    package private(set) var members: ContiguousArray<Member>

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

    /// The members as a parser read them; the last of equal keys wins in the first's place.
    init(parsed: ContiguousArray<Member>) {
        self.init()
        if Self.hasUniqueKeys(parsed) {
            members = parsed
        } else {
            for (key, value) in parsed { self[key] = value }
        }
    }

    private static func hasUniqueKeys(_ members: ContiguousArray<Member>) -> Bool {
        guard members.count > 8 else {
            for index in members.indices.dropFirst() {
                let key = members[index].key
                for other in members[..<index] where other.key.utf8.elementsEqual(key.utf8) {
                    return false
                }
            }
            return true
        }
        // Only membership is asked, so the set's order does not matter.
        return Set(members.map { ByteKey($0.key) }).count == members.count
    }

    /// The number of members.
    public var count: Int { members.count }

    /// Whether there are no members.
    public var isEmpty: Bool { members.isEmpty }

    /// The keys in order.
    public var keys: [String] { members.map(\.key) }

    /// The value of a key; setting appends or replaces in place, setting `nil` removes.
    public subscript(key: String) -> JSONValue? {
        get {
            index(of: key).map { members[$0].value }
        }
        set {
            switch (index(of: key), newValue) {
            case (let found?, let value?): members[found].value = value
            case (let found?, nil): members.remove(at: found)
            case (nil, let value?): members.append((key, value))
            case (nil, nil): break
            }
        }
    }

    private func index(of key: String) -> Int? {
        members.firstIndex { $0.key.utf8.elementsEqual(key.utf8) }
    }

    /// Objects are equal when their members are, in whatever order.
    public static func == (lhs: JSONObject, rhs: JSONObject) -> Bool {
        lhs.count == rhs.count && lhs.members.allSatisfy { rhs[$0.key] == $0.value }
    }
}

extension JSONObject: Sequence {
    /// The members in their order.
    public func makeIterator() -> ContiguousArray<Member>.Iterator {
        members.makeIterator()
    }
}

/// A key that is compared and hashed by its bytes.
private struct ByteKey: Hashable {
    let bytes: [UInt8]

    init(_ key: String) {
        bytes = Array(key.utf8)
    }
}
