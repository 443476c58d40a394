/// Where an encoded value comes to stand: containers are shared with whoever fills them.
final class JSONSlot {
    private enum Content {
        case nothing
        case value(JSONValue)
        case array([JSONSlot])
        case object([(key: String, slot: JSONSlot)])
    }

    private var content = Content.nothing

    init() {}

    /// The value with all that was put inside; nothing put is an empty object.
    var finished: JSONValue {
        switch content {
        case .nothing: .object(JSONObject())
        case .value(let value): value
        case .array(let slots): .array(slots.map(\.finished))
        case .object(let members): .object(JSONObject(members.map { ($0.key, $0.slot.finished) }))
        }
    }

    /// How many elements were put into the array.
    var count: Int {
        guard case .array(let slots) = content else {
            return 0
        }
        return slots.count
    }

    func set(_ value: JSONValue) {
        content = .value(value)
    }

    func becomeArray() {
        if case .nothing = content {
            content = .array([])
        }
    }

    func becomeObject() {
        if case .nothing = content {
            content = .object([])
        }
    }

    /// A new slot at the end of the array.
    func appendElement() -> JSONSlot {
        let slot = JSONSlot()
        if case .array(var slots) = content {
            content = .nothing
            slots.append(slot)
            content = .array(slots)
        }
        return slot
    }

    /// A new slot for a member of the object.
    func appendMember(_ key: String) -> JSONSlot {
        let slot = JSONSlot()
        if case .object(var members) = content {
            content = .nothing
            members.append((key, slot))
            content = .object(members)
        }
        return slot
    }
}
