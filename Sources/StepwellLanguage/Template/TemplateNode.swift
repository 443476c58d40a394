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
    /// Members with their keys as they come out (`.$` taken off).
    case object([(key: String, value: TemplateNode)])

    var literal: JSONValue? {
        guard case .literal(let value) = self else { return nil }
        return value
    }
}
