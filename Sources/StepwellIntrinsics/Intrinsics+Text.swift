import StepwellJSON
import StepwellJSONPath

extension Intrinsics {
    /// `States.Format`: `template` is the literal that was written, `nil` when the template came
    /// from elsewhere, in which case every `{}` of it counts.
    static func format(
        _ template: IntrinsicText?,
        _ arguments: IntrinsicArguments,
        _ dialect: PathDialect,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        let template =
            if let template { template } else {
                IntrinsicText(template: try arguments.string(0))
            }
        if dialect == .current, let unmatched = template.unmatched {
            throw .template(unmatched.reason)
        }
        let pieces = template.pieces
        guard pieces.count == arguments.count else {
            throw .invalid(
                "The template has \(pieces.count - 1) occurrences of {} but \(arguments.count - 1) "
                    + "arguments follow it"
            )
        }
        var text = ""
        for (position, piece) in pieces.enumerated() {
            if position > 0 {
                guard budget.charge(arguments[position]) else { throw .budgetExhausted }
                text += JavaText.text(of: arguments[position])
            }
            guard budget.charge(text: piece) else { throw .budgetExhausted }
            text += piece
        }
        return .string(text)
    }

    @Sendable
    static func stringSplit(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        let text = try arguments.string(0)
        let separators = Array(try arguments.string(1).unicodeScalars)
        try spend(1 + text.utf8.count * (1 + separators.count / 16), &budget)
        let parts = text.unicodeScalars.split(omittingEmptySubsequences: true) {
            separators.contains($0)
        }
        return .array(parts.map { .string(String($0)) })
    }

    @Sendable
    static func stringToJson(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        let text = try arguments.string(0)
        try spend(1 + text.utf8.count, &budget)
        // Blank text is null, as recorded.
        guard text.utf8.contains(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else {
            return .null
        }
        do {
            return try JSONParser.parse(Array(text.utf8))
        } catch {
            throw .invalid("Invalid JSON: \(error.reason) at byte \(error.offset)")
        }
    }

    @Sendable
    static func jsonToString(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        guard budget.charge(arguments[0]) else { throw .budgetExhausted }
        return .string(String(decoding: JSONWriter.write(arguments[0]), as: UTF8.self))
    }

    /// In the order of Java's `HashMap` (recorded).
    @Sendable
    static func jsonMerge(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        let merged = try merge(arguments, &budget)
        try spend(merged.count, &budget)
        let members = Array(merged)
        return .object(
            JSONObject(JavaHash.order(of: merged.keys).map { (members[$0].key, members[$0].value) })
        )
    }

    /// The members of both objects, those of the second before those of the first.
    static func merge(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONObject {
        guard case .bool(let isDeep) = arguments[2] else {
            throw .invalid("The argument 3 must be a boolean")
        }
        guard !isDeep else {
            throw .invalid("Only shallow merging is supported: the argument 3 must be false")
        }
        var merged = try arguments.object(0)
        let second = try arguments.object(1)
        try spend(1 + second.count * (1 + merged.count / 16 + second.count / 16), &budget)
        for member in second {
            merged[member.key] = member.value
        }
        return merged
    }
}
