import StepwellHistory
import StepwellJSON
import StepwellJSONPath
import StepwellLanguage

/// What is only computed to be shown: the inputs of a Map state's iterations and its tolerance.
extension ExecutionState {
    /// Notes what a Map state whose items are known would give its iterations.
    mutating func inspectMap(
        _ fields: MapFields,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        if let field = fields.toleratedFailureCount {
            let count = try toleratedCount(field, into: &builder)
            inspection?.toleratedFailureCount = count
        }
        if let field = fields.toleratedFailurePercentage {
            let percentage = try toleratedPercentage(field, into: &builder)
            inspection?.toleratedFailurePercentage = percentage
        }
        let values = branches[.root].items?.values ?? []
        guard fields.itemSelector != nil || fields.itemSelectorTemplate != nil else { return }
        var inputs: [JSONValue] = []
        for (index, value) in values.enumerated() {
            let item = ContextSource.MapItem(index: index, value: value)
            let input = try iterationInput(of: fields, item: item, under: .root, into: &builder)
            inputs.append(try self.value(of: input, in: .root))
        }
        inspect(.afterItemSelector, Payload(.array(inputs)))
    }

    private mutating func toleratedCount(
        _ field: CountField,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Int64 {
        let name = "ToleratedFailureCount"
        switch field {
        case .literal(let count): return count
        case .expression(let expression):
            let range = 0...Int64(Int32.max)
            return try integer(expression, field: name, in: range, on: .root, into: &builder)
        case .path(let path):
            let found = try number(at: path, named: name)
            guard let integer = found.integer else {
                throw notAnInteger(found.text, at: path, named: name)
            }
            guard integer >= 0 else {
                throw runtimeFailure(Causes.negative(field: name), in: .root)
            }
            return integer
        }
    }

    private mutating func toleratedPercentage(
        _ field: PercentageField,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Double {
        let name = "ToleratedFailurePercentage"
        let found: JSONNumber
        switch field {
        case .literal(let percentage): return percentage
        case .path(let path): found = try number(at: path, named: name)
        case .expression(let expression):
            let value = try evaluate(expression, field: name, on: .root, into: &builder)
            guard case .number(let number) = value else {
                throw unexpected(
                    value,
                    expected: "number",
                    of: expression,
                    field: name,
                    in: .root
                )
            }
            found = number
        }
        guard (0...100).contains(found.double) else {
            let problem = Causes.outOfRange(field: name, value: found.text, 0...100)
            throw failure(ErrorName.runtime, problem, in: .root)
        }
        return found.double
    }

    private mutating func number(
        at path: JSONPath,
        named field: String
    ) throws(StateFailure) -> JSONNumber {
        let input = try effectiveInput(of: .root)
        let scope = evaluation(of: .root, input: try value(of: input, in: .root))
        let found = try evaluate(path, in: scope, branch: .root)
        guard case .number(let number) = found else {
            let shown =
                if case .string(let text) = found { text } else { JSONWriter.string(found) }
            throw notAnInteger(shown, at: path, named: field)
        }
        return number
    }

    private func notAnInteger(
        _ shown: String,
        at path: JSONPath,
        named field: String
    ) -> StateFailure {
        let problem = Causes.notAnInteger(field: field + "Path", value: shown, path: path.text)
        return runtimeFailure(problem, in: .root)
    }
}
