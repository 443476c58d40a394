import StepwellJSON

/// An object: members in order, keys compared by bytes.
final class ObjectNode {
    /// A member.
    struct Member {
        let key: String
        var value: Value
    }

    private var members: ContiguousArray<Member> = []
    /// The input's object, whose members are converted when all are looked at.
    private(set) var source: JSONObject?
    /// What was looked up of it before, by place: containers, which are to be converted once.
    private var lookedUp: ContiguousArray<Value> = []
    private var isConverted: Bool
    /// Where keys are, once there are many.
    private var places: [KeyBytes: Int]?
    private(set) var nesting = 1
    /// See `Value.weight`.
    private(set) var weight = 1
    /// How large the input's object is as JSON, once that was asked.
    private var sourceSize: Int?

    init() {
        isConverted = true
    }

    init(source: JSONObject) {
        self.source = source
        isConverted = false
        nesting = 0
    }

    var count: Int { isConverted ? members.count : source?.count ?? 0 }

    /// The members in order.
    var all: ContiguousArray<Member> {
        convert()
        return members
    }

    /// The value of a key, or undefined.
    func value(_ key: String) -> Value {
        guard let place = place(of: key) else {
            return .undefined
        }
        return isConverted ? members[place].value : sourceValue(at: place)
    }

    /// A member of the input's object, without the others.
    private func sourceValue(at place: Int) -> Value {
        guard let source else {
            return .undefined
        }
        if !lookedUp.isEmpty, lookedUp[place].isBound {
            return lookedUp[place]
        }
        let value = Value(source.value(at: place))
        switch value {
        case .array, .object:
            if lookedUp.isEmpty {
                lookedUp = ContiguousArray(repeating: .unbound, count: source.count)
            }
            lookedUp[place] = value
        default: break
        }
        return value
    }

    func has(_ key: String) -> Bool { place(of: key) != nil }

    /// Sets a member, in the place of an equal key's if there is one.
    func set(_ key: String, _ value: Value) {
        convert()
        nesting = max(nesting, value.nesting + 1)
        weight &+= value.weight
        if let place = place(of: key) {
            weight &-= members[place].value.weight
            members[place].value = value
            source = nil
            rebuildIndex()
            return
        }
        source = nil
        members.append(Member(key: key, value: value))
        if places == nil {
            rebuildIndex()
        } else {
            places?[KeyBytes(key)] = members.count - 1
        }
    }

    /// Removes a member.
    func remove(_ key: String) {
        convert()
        guard let place = place(of: key) else {
            return
        }
        weight &-= members.remove(at: place).value.weight
        source = nil
        places = nil
        rebuildIndex()
    }

    /// The object as JSON, as far as there is room for it.
    func json(_ room: inout JSONRoom) -> JSONValue {
        if let source {
            let size = sourceSize ?? JSONValue.object(source).size
            sourceSize = size
            room.bytes -= size
            return .object(source)
        }
        var object = JSONObject()
        object.reserveCapacity(members.count)
        for member in members where room.bytes >= 0 {
            room.bytes -= member.key.utf8.count
            object[member.key] = member.value.json(&room)
        }
        return .object(object)
    }

    private func place(of key: String) -> Int? {
        if let source {
            return source.position(of: key)
        }
        if let places {
            return places[KeyBytes(key)]
        }
        return members.firstIndex { $0.key.hasSameBytes(as: key) }
    }

    private func rebuildIndex() {
        guard members.count > 12, places == nil else {
            return
        }
        var built = [KeyBytes: Int](minimumCapacity: members.count * 2)
        for (place, member) in members.enumerated() {
            built[KeyBytes(member.key)] = place
        }
        places = built
    }

    private func convert() {
        guard !isConverted, let source else {
            return
        }
        isConverted = true
        members.reserveCapacity(source.count)
        for (key, value) in source {
            let known = lookedUp.isEmpty ? .unbound : lookedUp[members.count]
            members.append(Member(key: key, value: known.isBound ? known : Value(value)))
        }
        lookedUp = []
    }
}

/// A key that is equal to another of the same bytes only.
struct KeyBytes: Hashable {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (left: KeyBytes, right: KeyBytes) -> Bool {
        left.text.hasSameBytes(as: right.text)
    }

    func hash(into hasher: inout Hasher) {
        for byte in text.utf8 {
            hasher.combine(byte)
        }
    }
}
