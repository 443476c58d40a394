import StepwellIntrinsics
import StepwellJSON

/// A part of a payload template, compiled.
///
/// A part without expressions is one literal, whatever its size.
indirect enum TemplateNode: Sendable {
    case literal(JSONValue)
    /// `"key.$": "expression"`, with the key as it was written.
    case expression(PathExpression, field: String)
    case array([TemplateNode])
    case object(TemplateMembers)

    var literal: JSONValue? {
        guard case .literal(let value) = self else { return nil }
        return value
    }
}
