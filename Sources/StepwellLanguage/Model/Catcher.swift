/// One element of `Catch`.
package struct Catcher: Sendable {
    /// `ErrorEquals`.
    package let errorEquals: ErrorMatcher
    /// `Next`, a state of the same scope.
    package let next: StateIndex
    /// `ResultPath`: where the Error Output goes in the state's raw input.
    package let resultPath: ResultPathField
    /// `Assign` in JSONPath, in which `$` is the Error Output.
    package let assign: AssignTemplate?
    /// `Output` and `Assign` in JSONata.
    package let expressionFlow: ExpressionFlow
    /// `Comment`.
    package let comment: String?

    package init(
        errorEquals: ErrorMatcher,
        next: StateIndex,
        resultPath: ResultPathField = .replace,
        assign: AssignTemplate? = nil,
        expressionFlow: ExpressionFlow = .identity,
        comment: String? = nil
    ) {
        self.errorEquals = errorEquals
        self.next = next
        self.resultPath = resultPath
        self.assign = assign
        self.expressionFlow = expressionFlow
        self.comment = comment
    }

    /// Whether the catcher is for an error of that name.
    package func matches(_ error: String) -> Bool {
        errorEquals.matches(error)
    }
}
