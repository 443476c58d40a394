package import StepwellJSON
import StepwellJSONata

extension MappingValue {
    /// What an expression may use: what a request is worth.
    private static let budget = JSONataBudget(
        depth: 200,
        steps: 1_000_000,
        length: 1_000_000,
        bytes: 32 << 20,
        patternSteps: 1_000_000
    )

    /// The value for a request; nil when there is none.
    ///
    /// - Throws: `RouteProblem` when an expression fails.
    package func value(in context: MappingContext) throws(RouteProblem) -> JSONValue? {
        switch self {
        case .constant(let value): return value
        case .reference(let reference): return reference.value(in: context)
        case .joined(let parts):
            return .string(parts.map { Self.text($0.value(in: context)) }.joined())
        case .expression(let expression): return try Self.value(of: expression, in: context)
        case .object(let members):
            var object = JSONObject()
            for (key, value) in members {
                if let value = try value.value(in: context) { object[key] = value }
            }
            return .object(object)
        case .array(let values):
            var array: [JSONValue] = []
            for value in values { array.append(try value.value(in: context) ?? .null) }
            return .array(array)
        }
    }

    private static func value(
        of expression: JSONataExpression,
        in context: MappingContext
    ) throws(RouteProblem) -> JSONValue? {
        var bindings: [(name: String, value: JSONValue)] = [
            ("request", .object(context.request)), ("context", .object(context.context)),
        ]
        if let response = context.response { bindings.append(("response", .object(response))) }
        do throws(JSONataError) {
            return try expression.evaluate(
                .object(context.response ?? context.request),
                bindings: bindings,
                sources: JSONataSources(milliseconds: context.milliseconds, seed: context.seed),
                budget: budget
            ).value
        } catch {
            throw RouteProblem("\(error.message) (\(error.code))")
        }
    }

    /// A value as part of a text.
    private static func text(_ value: JSONValue?) -> String {
        switch value {
        case nil: ""
        case .string(let text)?: text
        case let value?: JSONWriter.string(value)
        }
    }
}

extension MappingValue.MappingReferenceValue {
    fileprivate func value(in context: MappingContext) -> JSONValue? {
        switch content {
        case .text(let text): .string(text)
        case .reference(let reference): reference.value(in: context)
        }
    }
}
