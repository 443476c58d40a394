import StepwellJSON
import StepwellJSONPath

/// What intrinsic functions did in the first dialect, where it differs.
enum FirstIntrinsics {
    @Sendable
    static func arrayContains(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        let items = try arguments.array(0)
        for item in items {
            guard budget.charge(item, comparing: true) else { throw .budgetExhausted }
        }
        return .bool(items.contains(arguments[1]))
    }

    @Sendable
    static func arrayGetItem(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        let items = try arguments.array(0)
        let index = try arguments.integer(1)
        guard let position = Int(exactly: index), items.indices.contains(position) else {
            throw .invalid("The index \(index) is outside of the array of \(items.count) items")
        }
        return items[position]
    }

    @Sendable
    static func arrayPartition(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        try Intrinsics.partition(arguments.array(0), by: arguments.rounded(1), &budget)
    }

    @Sendable
    static func arrayRange(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        try Intrinsics.range(
            from: arguments.rounded(0),
            through: arguments.rounded(1),
            by: arguments.rounded(2),
            &budget
        )
    }

    @Sendable
    static func arrayUnique(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        .array(try Intrinsics.unique(arguments.array(0), &budget))
    }

    @Sendable
    static func base64Decode(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        let text = try arguments.string(0, limit: IntrinsicLimits.base64Characters)
        try Intrinsics.spend(1 + text.utf8.count / 8, &budget)
        guard let bytes = Base64.decode(text.utf8) else {
            throw .invalid("The argument 1 is not Base64")
        }
        guard let decoded = String(validating: bytes, as: UTF8.self) else {
            throw .invalid("The argument 1 does not decode to UTF-8 text")
        }
        return .string(decoded)
    }

    @Sendable
    static func hash(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        let text = try arguments.string(0, limit: IntrinsicLimits.hashCharacters)
        let name = try arguments.string(1)
        try Intrinsics.spend(1 + text.utf8.count / 8, &budget)
        return .string(try Intrinsics.digest(of: text, by: name))
    }

    @Sendable
    static func jsonMerge(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        .object(try Intrinsics.merge(arguments, &budget))
    }

    @Sendable
    static func mathAdd(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        let left = try arguments.rounded(0)
        let (sum, overflow) = left.addingReportingOverflow(try arguments.rounded(1))
        guard !overflow else { throw .invalid("The sum is beyond the range of 64-bit integers") }
        return .number(JSONNumber(sum))
    }

    /// What `States.MathRandom` is to draw from: the start is included, the end is not.
    static func draw(
        _ arguments: IntrinsicArguments
    ) throws(IntrinsicFailure) -> (range: Range<Int64>, seed: Int64?) {
        let start = try arguments.rounded(0)
        let end = try arguments.rounded(1)
        guard start < end else {
            throw .invalid("The start \(start) must be less than the end \(end)")
        }
        return (start..<end, arguments.count > 2 ? try arguments.rounded(2) : nil)
    }
}
