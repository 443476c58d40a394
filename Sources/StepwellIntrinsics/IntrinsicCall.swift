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
    ///   is one too. A wrong number of arguments fails the call when it is evaluated.
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
    /// - Throws: `IntrinsicError` when an argument's path gives no value, the function cannot work
    ///   on its arguments or the budget is used up.
    package func evaluate(
        in scope: some PathScope,
        entropy: inout some IntrinsicEntropy,
        budget: inout EvaluationBudget
    ) throws(IntrinsicError) -> JSONValue {
        do throws(IntrinsicError) {
            return try value(in: scope, &entropy, &budget)
        } catch {
            guard scope.dialect == .current else { throw error }
            throw IntrinsicError(kind: error.kind, function: text, reason: error.reason)
        }
    }

    private func value(
        in scope: some PathScope,
        _ entropy: inout some IntrinsicEntropy,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicError) -> JSONValue {
        guard budget.spend() else { throw exhausted }
        var values: [JSONValue] = []
        values.reserveCapacity(arguments.count)
        for argument in arguments {
            switch argument {
            case .text(let text): values.append(.string(text.text))
            case .value(let value): values.append(value)
            case .path(let path): values.append(try find(path, in: scope, &budget))
            case .call(let call): values.append(try call.value(in: scope, &entropy, &budget))
            }
        }
        do {
            return try run(values, in: scope.dialect, &entropy, &budget)
        } catch {
            throw failure(error, in: scope.dialect)
        }
    }

    private func failure(_ failure: IntrinsicFailure, in dialect: PathDialect) -> IntrinsicError {
        switch (failure, dialect) {
        case (.budgetExhausted, _): exhausted
        case (.invalid(let reason), .first), (.template(let reason), .first):
            IntrinsicError(kind: .failedFirst, function: text, reason: reason)
        case (.template(let reason), .current):
            IntrinsicError(kind: .failed, function: text, reason: reason)
        case (.invalid, .current):
            IntrinsicError(
                kind: .failed,
                function: text,
                reason: "Invalid arguments in \(function.name)"
            )
        }
    }

    private func run(
        _ values: [JSONValue],
        in dialect: PathDialect,
        _ entropy: inout some IntrinsicEntropy,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        guard function.arity.contains(values.count) else {
            throw .invalid("\(function.name) does not take \(values.count) arguments")
        }
        let arguments = IntrinsicArguments(values: values)
        switch function.body(in: dialect) {
        case .pure(let body):
            return try body(arguments, &budget)
        case .format:
            var template: IntrinsicText?
            if case .text(let text)? = self.arguments.first { template = text }
            return try Intrinsics.format(template, arguments, dialect, &budget)
        case .uuid:
            return .string(entropy.uuid())
        case .random:
            return try random(arguments, in: dialect, &entropy)
        }
    }

    /// What a seed gives is Java's to say, and is no draw.
    private func random(
        _ arguments: IntrinsicArguments,
        in dialect: PathDialect,
        _ entropy: inout some IntrinsicEntropy
    ) throws(IntrinsicFailure) -> JSONValue {
        guard dialect == .current else {
            let draw = try FirstIntrinsics.draw(arguments)
            return .number(JSONNumber(entropy.random(in: draw.range, seed: draw.seed)))
        }
        let draw = try Intrinsics.draw(arguments)
        if let seed = draw.seed {
            var generator = JavaRandom(seed: seed)
            return .number(JSONNumber(Int64(generator.next(in: draw.range))))
        }
        let range = Int64(draw.range.lowerBound)..<Int64(draw.range.upperBound)
        return .number(JSONNumber(entropy.random(in: range, seed: nil)))
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
            let isFirst = scope.dialect == .first
            guard error.isNotFound, isFirst || !error.isAboutArrays else {
                let kind: IntrinsicError.Kind = isFirst ? .failedFirst : .argumentNotFound
                throw IntrinsicError(kind: kind, function: text, reason: error.reason)
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

extension JSONPathError {
    /// Whether something for arrays was applied to something else: AWS passes on Jayway's words
    /// (measured), where it has its own for other paths that lead nowhere.
    fileprivate var isAboutArrays: Bool {
        switch self {
        case .notAnArray, .filterOnPrimitive: true
        default: false
        }
    }
}
