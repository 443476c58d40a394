import StepwellJSON

extension Value {
    /// The least integer that a double may confuse with another.
    static let exactInteger: Int64 = 1 << 53

    /// A value of the input; containers are looked into when they are used.
    init(_ json: JSONValue) {
        switch json {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .number(let number): self = Self.number(number)
        case .string(let text): self = .string(text)
        case .array(let elements): self = .array(ArrayNode(source: elements))
        case .object(let object): self = .object(ObjectNode(source: object))
        }
    }

    private static func number(_ number: JSONNumber) -> Value {
        switch number.storage {
        case .integer(let value) where value.magnitude <= exactInteger.magnitude:
            .number(Double(value))
        case .double(let value) where value != value.rounded(.towardZero): .number(value)
        default: .literal(NumberLiteral(number))
        }
    }

    /// The value as JSON, or nil when there is none; a function becomes the empty string, as
    /// `$string` says it.
    ///
    /// What the value takes, about a byte for each, goes off `room`; when there was too little,
    /// the JSON is not whole.
    func json(_ room: inout JSONRoom) -> JSONValue? {
        room.bytes -= 1
        switch self {
        case .undefined, .unbound: return nil
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .number(let value):
            if let number = JSONNumber(jsonata: value) { return .number(number) }
            return room.namesNonFinite ? .string(NumberText.string(value)) : .null
        case .literal(let literal): return .number(literal.json)
        case .string(let text):
            room.bytes -= text.utf8.count
            return .string(text)
        case .array(let node): return node.json(&room)
        case .object(let node): return node.json(&room)
        case .function: return .string("")
        }
    }

    /// What the input gave as it is, whatever its size; nil for what was made of it.
    var given: JSONValue? {
        switch self {
        case .array(let node): node.source.map { .array($0) }
        case .object(let node): node.source.map { .object($0) }
        default: nil
        }
    }

    /// The value as JSON for a message; nil also when it is beyond all messages.
    func json() -> JSONValue? {
        var room = JSONRoom(bytes: 1 << 20)
        let json = json(&room)
        return room.bytes < 0 ? nil : json
    }
}

extension JSONValue {
    /// About how many bytes it is written with.
    var size: Int {
        switch self {
        case .null, .bool, .number: 1
        case .string(let text): text.utf8.count + 1
        case .array(let elements): elements.reduce(1) { $0 + $1.size }
        case .object(let members): members.reduce(1) { $0 + $1.key.utf8.count + $1.value.size }
        }
    }
}

extension JSONNumber {
    /// A computed number as JSON: an integer without a fraction; nil when it is not finite.
    init?(jsonata value: Double) {
        if value == value.rounded(.towardZero), value.magnitude <= 0x1p53 {
            self.init(Int64(value))
        } else {
            self.init(finite: value)
        }
    }
}
