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
    func json() -> JSONValue? {
        switch self {
        case .undefined, .unbound: nil
        case .null: .null
        case .bool(let value): .bool(value)
        case .number(let value): JSONNumber(jsonata: value).map { .number($0) } ?? .null
        case .literal(let literal): .number(literal.json)
        case .string(let text): .string(text)
        case .array(let node): node.json()
        case .object(let node): node.json()
        case .function: .string("")
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
