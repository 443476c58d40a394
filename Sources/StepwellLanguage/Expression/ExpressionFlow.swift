/// The fields that shape input, output and variables in JSONata: of a state, of a choice rule or of
/// a catcher (which have no arguments).
///
/// All expressions of `output` and `assign` see the values from before the state.
package struct ExpressionFlow: Sendable {
    /// A variable and the template of its new value.
    package typealias Assignment = (name: String, value: ExpressionTemplate)

    /// All fields absent.
    package static let identity = ExpressionFlow()

    /// `Arguments`.
    package var arguments: ExpressionTemplate?
    /// `Output`.
    package var output: ExpressionTemplate?
    /// `Assign`, in the order it was written.
    package var assign: [Assignment]

    package init(
        arguments: ExpressionTemplate? = nil,
        output: ExpressionTemplate? = nil,
        assign: [Assignment] = []
    ) {
        self.arguments = arguments
        self.output = output
        self.assign = assign
    }
}
