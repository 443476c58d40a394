package import StepwellIntrinsics
package import StepwellJSON
package import StepwellJSONPath

/// A payload template (`Parameters`, `ResultSelector`, `ItemSelector`, …), compiled.
///
/// In its objects a member `"key.$": "expression"` becomes `"key": value`; everything else comes
/// out as it was written.
package struct PayloadTemplate: Sendable {
    let root: TemplateNode

    init(root: TemplateNode) {
        self.root = root
    }

    /// A template that always gives `value`.
    package init(literal value: JSONValue) {
        root = .literal(value)
    }

    /// The value, when the template holds no expression.
    package var literal: JSONValue? { root.literal }

    /// The template's value.
    ///
    /// - Throws: `TemplateError` with the first field, in order, whose expression fails.
    package func evaluate(
        in scope: some PathScope,
        entropy: inout some IntrinsicEntropy,
        budget: inout EvaluationBudget
    ) throws(TemplateError) -> JSONValue {
        try root.evaluate(in: scope, entropy: &entropy, budget: &budget)
    }
}
