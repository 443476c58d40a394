package import StepwellJSON
package import StepwellJSONPath

/// A compiled call of an intrinsic function: `States.Format('Hello {}', $.name)`.
package struct IntrinsicCall: Sendable {
    /// The call as it was written.
    package let text: String

    let function: IntrinsicFunction
    let arguments: [IntrinsicArgument]

    init(text: String, function: IntrinsicFunction, arguments: [IntrinsicArgument]) {
        self.text = text
        self.function = function
        self.arguments = arguments
    }

    /// Compiles `text`.
    ///
    /// - Throws: `IntrinsicSyntaxError` with the place of the first problem; an unknown function
    ///   and a wrong number of arguments are problems too.
    package init(parsing text: String) throws(IntrinsicSyntaxError) {
        var parser = IntrinsicParser(text)
        self = try parser.parseWhole()
    }

    /// Whether `text` is meant as a call of an intrinsic function.
    package static func isCall(_ text: String) -> Bool {
        text.utf8.drop { $0 == 0x20 }.starts(with: "States.".utf8)
    }

    /// The paths among the arguments, those of inner calls included, in order.
    package var paths: [JSONPath] {
        arguments.flatMap { argument -> [JSONPath] in
            switch argument {
            case .path(let path): [path]
            case .call(let call): call.paths
            case .text, .value: []
            }
        }
    }

    /// The value of the call.
    ///
    /// - Throws: `IntrinsicError` when an argument's path leads nowhere, the function cannot work
    ///   on its arguments or the budget is used up.
    package func evaluate(
        in scope: some PathScope,
        entropy: inout some IntrinsicEntropy,
        budget: inout EvaluationBudget
    ) throws(IntrinsicError) -> JSONValue {
        guard budget.spend() else { throw exhausted }
        var values: [JSONValue] = []
        values.reserveCapacity(arguments.count)
        for argument in arguments {
            switch argument {
            case .text(let text): values.append(.string(text.text))
            case .value(let value): values.append(value)
            case .path(let path): values.append(try find(path, in: scope, &budget))
            case .call(let call):
                values.append(
                    try call.evaluate(in: scope, entropy: &entropy, budget: &budget)
                )
            }
        }
        do {
            return try run(values, &entropy, &budget)
        } catch {
            switch error {
            case .budgetExhausted: throw exhausted
            case .invalid(let reason):
                throw IntrinsicError(kind: .failed, function: text, reason: reason)
            }
        }
    }

    private func run(
        _ values: [JSONValue],
        _ entropy: inout some IntrinsicEntropy,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        let arguments = IntrinsicArguments(values: values)
        switch function.body {
        case .pure(let body):
            return try body(arguments, &budget)
        case .format:
            guard case .text(let template)? = self.arguments.first else {
                return try Intrinsics.format(nil, arguments, &budget)
            }
            return try Intrinsics.format(template, arguments, &budget)
        case .uuid:
            return .string(entropy.uuid())
        case .random:
            let draw = try Intrinsics.draw(arguments)
            return .number(JSONNumber(entropy.random(in: draw.range, seed: draw.seed)))
        }
    }

    private func find(
        _ path: JSONPath,
        in scope: some PathScope,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicError) -> JSONValue {
        do {
            return try path.evaluate(in: scope, budget: &budget)
        } catch {
            if error == .budgetExhausted { throw exhausted }
            guard error.isNotFound else {
                throw IntrinsicError(kind: .failed, function: text, reason: error.reason)
            }
            let input = String(decoding: JSONWriter.write(scope.input), as: UTF8.self)
            let reason =
                "The JsonPath argument for the field '\(path.text)' could not be found in the "
                + "input '\(input)'"
            throw IntrinsicError(kind: .argumentNotFound, function: text, reason: reason)
        }
    }

    private var exhausted: IntrinsicError {
        let reason = "The evaluation budget is exhausted"
        return IntrinsicError(kind: .budgetExhausted, function: text, reason: reason)
    }
}

extension IntrinsicCall: Equatable {
    /// Two calls are equal when they are spelled with the same bytes.
    package static func == (lhs: IntrinsicCall, rhs: IntrinsicCall) -> Bool {
        lhs.text.utf8.elementsEqual(rhs.text.utf8)
    }
}
