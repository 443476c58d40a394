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
        let items = try arguments.array(0)
        let size = try arguments.rounded(1)
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
        let first = try arguments.rounded(0)
        let last = try arguments.rounded(1)
        let step = try arguments.rounded(2)
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

    @Sendable
    static func arrayUnique(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        let items = try arguments.array(0)
        var seen: Set<[UInt8]> = []
        var unique: [JSONValue] = []
        for item in items {
            guard budget.charge(item) else { throw .budgetExhausted }
            if seen.insert(CanonicalValue.bytes(of: item)).inserted {
                unique.append(item)
            }
        }
        return .array(unique)
    }

    static func spend(
        _ count: Int,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) {
        guard budget.spend(count) else { throw .budgetExhausted }
    }
}
