package import StepwellJSON

/// The value of a field of a JSONata state: JSON whose strings `{% … %}` are expressions.
///
/// A part without expressions is one literal, whatever its size.
package indirect enum ExpressionTemplate: Sendable {
    case literal(JSONValue)
    case expression(StateExpression)
    case array([ExpressionTemplate])
    case object([(key: String, value: ExpressionTemplate)])

    /// Compiles a value, whose keys are never expressions.
    package init(_ value: JSONValue) {
        switch value {
        case .string(let text):
            self = StateExpression(text).map(Self.expression) ?? .literal(value)
        case .array(let items):
            let parts = items.map { ExpressionTemplate($0) }
            self = parts.allSatisfy { $0.literal != nil } ? .literal(value) : .array(parts)
        case .object(let object):
            let members = object.map { (key: $0.key, value: ExpressionTemplate($0.value)) }
            let isLiteral = members.allSatisfy { $0.value.literal != nil }
            self = isLiteral ? .literal(value) : .object(members)
        case .null, .bool, .number:
            self = .literal(value)
        }
    }

    /// The value, when no part is an expression.
    package var literal: JSONValue? {
        guard case .literal(let value) = self else { return nil }
        return value
    }
}
