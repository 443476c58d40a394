import StepwellJSON

/// A value of JSONata while an expression is evaluated.
enum Value {
    /// No value: what a path that leads nowhere gives.
    case undefined
    /// A variable that was not bound; never seen by an expression.
    case unbound
    case null
    case bool(Bool)
    case number(Double)
    /// A number of the input whose text a double would not give back; computed with as a double.
    case literal(NumberLiteral)
    case string(String)
    case array(ArrayNode)
    case object(ObjectNode)
    case function(FunctionNode)

    /// Whether there is a value.
    var isDefined: Bool {
        if case .undefined = self {
            return false
        }
        return true
    }

    /// Whether it is more than the sign for a variable that is not bound.
    var isBound: Bool {
        if case .unbound = self {
            return false
        }
        return true
    }

    /// The number, when it is one.
    var number: Double? {
        switch self {
        case .number(let value): value
        case .literal(let literal): literal.value
        default: nil
        }
    }

    /// The type that signatures see.
    var type: ValueType {
        switch self {
        case .undefined, .unbound: .missing
        case .null: .null
        case .bool: .bool
        case .number, .literal: .number
        case .string: .string
        case .array: .array
        case .object: .object
        case .function: .function
        }
    }

    /// How many values were put together in this one, itself among them, each as often as it
    /// occurs; containers of the input count as one.
    var weight: Int {
        switch self {
        case .array(let node): node.weight
        case .object(let node): node.weight
        default: 1
        }
    }

    /// How many levels of containers were built around the input's values.
    var nesting: Int {
        switch self {
        case .array(let node): node.nesting
        case .object(let node): node.nesting
        case .function(let node): node.nesting
        default: 0
        }
    }
}

/// A number with its text.
final class NumberLiteral {
    let value: Double
    let json: JSONNumber

    init(_ json: JSONNumber) {
        self.json = json
        value = json.double
    }
}
