import StepwellJSON

extension DefinitionCompiler {
    func retriers(_ object: JSONObject, at path: DefinitionPath) throws(Failure) -> [Retrier] {
        var retriers: [Retrier] = []
        for (index, item) in (object["Retry"]?.array ?? []).enumerated() {
            guard let fields = item.object else {
                throw Failure(path: path.member("Retry").item(index))
            }
            var retrier = Retrier(errorEquals: errors(fields))
            retrier.intervalSeconds =
                fields["IntervalSeconds"]?.integer ?? retrier.intervalSeconds
            retrier.maxAttempts = fields["MaxAttempts"]?.integer ?? retrier.maxAttempts
            retrier.backoffRate = fields["BackoffRate"]?.number?.double ?? retrier.backoffRate
            retrier.maxDelaySeconds = fields["MaxDelaySeconds"]?.integer
            retrier.jitter =
                fields["JitterStrategy"]?.string.flatMap(Retrier.Jitter.init) ?? .none
            retriers.append(retrier)
        }
        return retriers
    }

    func catchers(_ object: JSONObject, at path: DefinitionPath) throws(Failure) -> [Catcher] {
        var catchers: [Catcher] = []
        for (index, item) in (object["Catch"]?.array ?? []).enumerated() {
            let place = path.member("Catch").item(index)
            guard let fields = item.object else { throw Failure(path: place) }
            catchers.append(
                Catcher(
                    errorEquals: errors(fields),
                    next: try target(fields["Next"], at: place.member("Next")),
                    resultPath: try resultPath(
                        fields["ResultPath"],
                        at: place.member("ResultPath")
                    ),
                    assign: try assign(fields["Assign"], at: place.member("Assign")),
                    expressionFlow: try expressionFlow(fields, at: place),
                    comment: fields["Comment"]?.string
                )
            )
        }
        return catchers
    }

    private func errors(_ fields: JSONObject) -> ErrorMatcher {
        ErrorMatcher((fields["ErrorEquals"]?.array ?? []).compactMap(\.string))
    }

    func choice(_ object: JSONObject, at path: DefinitionPath) throws(Failure) -> ChoiceFields {
        var rules: [ChoiceRule] = []
        for (index, item) in (object["Choices"]?.array ?? []).enumerated() {
            let place = path.member("Choices").item(index)
            guard let fields = item.object else { throw Failure(path: place) }
            rules.append(
                ChoiceRule(
                    condition: try condition(fields, at: place),
                    next: try target(fields["Next"], at: place.member("Next")),
                    assign: try assign(fields["Assign"], at: place.member("Assign")),
                    expressionFlow: try expressionFlow(fields, at: place),
                    comment: fields["Comment"]?.string
                )
            )
        }
        var defaultNext: StateIndex?
        if let value = object["Default"] {
            defaultNext = try target(value, at: path.member("Default"))
        }
        return ChoiceFields(rules: rules, defaultNext: defaultNext)
    }

    private func condition(
        _ object: JSONObject,
        at path: DefinitionPath
    ) throws(Failure) -> ChoiceCondition {
        if language == .jsonata {
            if let flag = object["Condition"]?.flag { return .literal(flag) }
            guard let expression = jsonata(object["Condition"]) else {
                throw Failure(path: path.member("Condition"))
            }
            return .expression(expression)
        }
        if let parts = object["And"]?.array {
            return .and(try conditions(parts, at: path.member("And")))
        }
        if let parts = object["Or"]?.array {
            return .or(try conditions(parts, at: path.member("Or")))
        }
        if let part = object["Not"]?.object {
            return .not(try condition(part, at: path.member("Not")))
        }
        return .comparison(try comparison(object, at: path))
    }

    private func conditions(
        _ parts: [JSONValue],
        at path: DefinitionPath
    ) throws(Failure) -> [ChoiceCondition] {
        var conditions: [ChoiceCondition] = []
        for (index, part) in parts.enumerated() {
            guard let fields = part.object else { throw Failure(path: path.item(index)) }
            conditions.append(try condition(fields, at: path.item(index)))
        }
        return conditions
    }

    private func comparison(
        _ object: JSONObject,
        at path: DefinitionPath
    ) throws(Failure) -> Comparison {
        guard let variable = object["Variable"] else {
            throw Failure(path: path.member("Variable"))
        }
        for (key, value) in object {
            guard let field = ComparisonField(key) else { continue }
            return Comparison(
                variable: try jsonPath(variable, at: path.member("Variable")),
                operator: field.operator,
                operand: try operand(of: field, value, at: path.member(key))
            )
        }
        throw Failure(path: path)
    }

    private func operand(
        of field: ComparisonField,
        _ value: JSONValue,
        at path: DefinitionPath
    ) throws(Failure) -> ComparisonOperand {
        if field.isPath { return .path(try jsonPath(value, at: path)) }
        switch (field.operator.family, value) {
        case (.string, .string(let text)): return .string(text)
        case (.pattern, .string(let text)): return .pattern(StringPattern(text))
        case (.number, .number(let number)): return .number(number)
        case (.boolean, .bool(let flag)), (.test, .bool(let flag)): return .boolean(flag)
        case (.timestamp, .string(let text)):
            guard let timestamp = StatesTimestamp(parsing: text) else { throw Failure(path: path) }
            return .timestamp(timestamp)
        default: throw Failure(path: path)
        }
    }
}
