import StepwellIntrinsics
import StepwellJSON
import StepwellJSONPath

extension TemplateNode {
    /// The node's value; see `PayloadTemplate.evaluate(in:entropy:budget:)`.
    func evaluate(
        in scope: some PathScope,
        entropy: inout some IntrinsicEntropy,
        budget: inout EvaluationBudget
    ) throws(TemplateError) -> JSONValue {
        switch self {
        case .literal(let value):
            return value
        case .expression(let expression, let field):
            do {
                return try expression.evaluate(in: scope, entropy: &entropy, budget: &budget)
            } catch {
                throw TemplateError(field: field, expression: expression.text, reason: error)
            }
        case .array(let nodes):
            var items: [JSONValue] = []
            items.reserveCapacity(nodes.count)
            for node in nodes {
                items.append(try node.evaluate(in: scope, entropy: &entropy, budget: &budget))
            }
            return .array(items)
        case .object(let object):
            // The decoder refuses keys that clash, so that appending is safe.
            var values: [(String, JSONValue)] = []
            values.reserveCapacity(object.members.count)
            for member in object.members {
                let value = try member.value.evaluate(
                    in: scope,
                    entropy: &entropy,
                    budget: &budget
                )
                values.append((member.key, value))
            }
            guard scope.dialect == .current else { return .object(JSONObject(values)) }
            return .object(JSONObject(object.arranged.map { values[$0] }))
        }
    }
}
