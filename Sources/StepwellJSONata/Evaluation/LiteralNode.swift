/// A literal.
final class LiteralNode: Node {
    /// The constants that a literal can be.
    enum Constant {
        case null, undefined
        case bool(Bool)
        case number(Double)
        case string(String)
    }

    private let constant: Constant

    init(_ constant: Constant) {
        self.constant = constant
    }

    /// The number, when the literal is one.
    var number: Double? {
        if case .number(let value) = constant {
            return value
        }
        return nil
    }

    func evaluate(_: Value, _: Frame, _: Machine) throws(Fault) -> Value {
        switch constant {
        case .null: .null
        case .undefined: .undefined
        case .bool(let value): .bool(value)
        case .number(let value): .number(value)
        case .string(let text): .string(text)
        }
    }
}
