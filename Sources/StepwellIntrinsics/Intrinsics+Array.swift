import StepwellJSON
import StepwellJSONPath

extension Intrinsics {
    @Sendable
    static func array(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        try spend(arguments.count, &budget)
        return .array(arguments.values)
    }

    /// By the text that Java makes of values, as a recorder of AWS saw it: `"1"` is 1, and objects
    /// with other orders of their members differ.
    @Sendable
    static func arrayContains(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        let items = try arguments.array(0)
        guard budget.charge(arguments[1]) else { throw .budgetExhausted }
        let sought = JavaText.text(of: arguments[1])
        for item in items {
            guard budget.charge(item) else { throw .budgetExhausted }
            if JavaText.text(of: item).utf8.elementsEqual(sought.utf8) { return .bool(true) }
        }
        return .bool(false)
    }

    @Sendable
    static func arrayGetItem(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        let items = try arguments.array(0)
        let index = try arguments.truncated(1)
        guard items.indices.contains(index) else {
            throw .invalid("The index \(index) is outside of the array of \(items.count) items")
        }
        return items[index]
    }

    @Sendable
    static func arrayLength(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        .number(JSONNumber(Int64(try arguments.array(0).count)))
    }

    @Sendable
    static func arrayPartition(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        try partition(arguments.array(0), by: Int64(arguments.truncated(1)), &budget)
    }

    /// Arrays of `size` items, and of what is left.
    static func partition(
        _ items: [JSONValue],
        by size: Int64,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        guard size > 0 else { throw .invalid("The chunk size \(size) is not a positive integer") }
        try spend(items.count, &budget)
        let step = Int(clamping: min(size, Int64(max(1, items.count))))
        return .array(
            stride(from: 0, to: items.count, by: step).map {
                .array(Array(items[$0..<min($0 + step, items.count)]))
            }
        )
    }

    @Sendable
    static func arrayRange(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        try range(
            from: Int64(arguments.truncated(0)),
            through: Int64(arguments.truncated(1)),
            by: Int64(arguments.truncated(2)),
            &budget
        )
    }

    /// The integers from one to another, which may not be reached.
    static func range(
        from first: Int64,
        through last: Int64,
        by step: Int64,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        guard step != 0 else { throw .invalid("The increment of a range cannot be zero") }
        var items: [JSONValue] = []
        var next = first
        while step > 0 ? next <= last : next >= last {
            guard items.count < IntrinsicLimits.rangeItems else {
                throw .invalid("The range has more than \(IntrinsicLimits.rangeItems) items")
            }
            items.append(.number(JSONNumber(next)))
            let (sum, overflow) = next.addingReportingOverflow(step)
            guard !overflow else { break }
            next = sum
        }
        try spend(items.count, &budget)
        return .array(items)
    }

    /// In the order of Java's `HashSet` (a recorder of AWS saw `false` before `true`).
    @Sendable
    static func arrayUnique(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        let items = try arguments.array(0)
        return .array(JavaHash.ordered(try unique(items, &budget), from: items.count))
    }

    /// The items without those that are equal to one before.
    static func unique(
        _ items: [JSONValue],
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> [JSONValue] {
        var seen: Set<[UInt8]> = []
        var unique: [JSONValue] = []
        for item in items {
            guard budget.charge(item) else { throw .budgetExhausted }
            if seen.insert(CanonicalValue.bytes(of: item)).inserted {
                unique.append(item)
            }
        }
        return unique
    }

    static func spend(
        _ count: Int,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) {
        guard budget.spend(count) else { throw .budgetExhausted }
    }
}
