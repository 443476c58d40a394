import StepwellJSON

extension DefinitionCompiler {
    /// `Arguments`, `Output` and `Assign` of a JSONata state, choice rule or catcher.
    func expressionFlow(
        _ object: JSONObject,
        at path: DefinitionPath
    ) throws(Failure) -> ExpressionFlow {
        guard language == .jsonata else { return .identity }
        var flow = ExpressionFlow(
            arguments: expressionTemplate(object["Arguments"]),
            output: expressionTemplate(object["Output"])
        )
        if let assign = object["Assign"] {
            guard let members = assign.object else { throw Failure(path: path.member("Assign")) }
            flow.assign = members.map { (name: $0.key, value: ExpressionTemplate($0.value)) }
        }
        return flow
    }

    /// A field of a JSONata state whose strings may be expressions.
    func expressionTemplate(_ value: JSONValue?) -> ExpressionTemplate? {
        guard language == .jsonata else { return nil }
        return value.map { ExpressionTemplate($0) }
    }

    /// A field of a JSONata state that is one expression.
    func jsonata(_ value: JSONValue?) -> StateExpression? {
        guard language == .jsonata else { return nil }
        return value?.string.flatMap(StateExpression.init)
    }
}
