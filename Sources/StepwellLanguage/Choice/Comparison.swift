package import StepwellJSONPath

/// A data-test of a Choice rule: `Variable`, one operator and its operand.
package struct Comparison: Sendable {
    /// `Variable`.
    package let variable: JSONPath
    /// The operator, without `Path`.
    package let `operator`: ComparisonOperator
    /// The value or path that the operator's field holds; of the kind that the operator needs.
    package let operand: ComparisonOperand

    package init(
        variable: JSONPath,
        operator: ComparisonOperator,
        operand: ComparisonOperand
    ) {
        self.variable = variable
        self.operator = `operator`
        self.operand = operand
    }
}
