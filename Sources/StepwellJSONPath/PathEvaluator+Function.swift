import StepwellJSON

extension PathEvaluator {
    /// The value of a path function for `value`.
    mutating func apply(
        _ call: PathFunctionCall,
        to value: JSONValue,
        depth: Int
    ) throws(JSONPathError) -> JSONValue {
        var arguments: [JSONValue] = []
        for argument in call.arguments {
            switch argument {
            case .value(let literal): arguments.append(literal)
            case .path(let path):
                guard let found = try find(path, value, depth + 1) else {
                    let reason = "An argument of \(call.function.name)() leads nowhere"
                    throw .functionFailed(reason: reason)
                }
                arguments.append(found)
            }
        }
        guard budget.charge(value) else { throw .budgetExhausted }
        switch call.function {
        case .length, .size: return length(of: arguments.first ?? value)
        case .min, .max, .avg, .sum, .stddev:
            return try aggregate(call.function, [value] + arguments)
        case .keys: return keys(of: value)
        case .concat: return .string(try concatenated(value, arguments))
        case .append: return appended(value, arguments)
        case .first: return try item(0, of: value, call.function)
        case .last: return try item(-1, of: value, call.function)
        case .index: return try item(argument: arguments.first, of: value)
        }
    }

    private func length(of value: JSONValue) -> JSONValue {
        switch value {
        case .array(let items): .number(JSONNumber(Int64(items.count)))
        case .object(let object): .number(JSONNumber(Int64(object.count)))
        default: .null
        }
    }

    /// What is no object has no keys, which is null (Jayway's KeySetFunction).
    private func keys(of value: JSONValue) -> JSONValue {
        guard case .object(let object) = value else { return .null }
        return .array(object.keys.map { .string($0) })
    }

    private func aggregate(
        _ function: PathFunction,
        _ sources: [JSONValue]
    ) throws(JSONPathError) -> JSONValue {
        let numbers = sources.dropFirst().reduce(into: elements(of: sources[0])) {
            if case .number(let number) = $1 {
                $0.append(number.double)
            } else {
                $0 += elements(of: $1)
            }
        }
        guard let first = numbers.first else {
            let reason = "Aggregation function attempted to calculate value using empty array"
            throw .functionFailed(reason: reason)
        }
        let count = Double(numbers.count)
        let sum = numbers.reduce(0, +)
        let result: Double
        switch function {
        case .min: result = numbers.reduce(first, Swift.min)
        case .max: result = numbers.reduce(first, Swift.max)
        case .avg: result = sum / count
        case .stddev:
            let squares = numbers.reduce(0) { $0 + $1 * $1 }
            // In the order of Jayway's StandardDeviation, for the same last digit.
            result = Swift.max(0, squares / count - sum * sum / count / count).squareRoot()
        default: result = sum
        }
        guard result.isFinite else {
            throw .functionFailed(reason: "\(function.name)() is beyond the range of a double")
        }
        return .number(JSONNumber(result))
    }

    /// The numbers of an array; what is no array has none.
    private func elements(of value: JSONValue) -> [Double] {
        guard case .array(let items) = value else { return [] }
        return items.compactMap { if case .number(let number) = $0 { number.double } else { nil } }
    }

    /// The strings of the array that the function is applied to, then those of the arguments; of
    /// an argument that is an array, everything but null, as Java prints it (Jayway's Concatenate
    /// and Parameter.toList).
    private mutating func concatenated(
        _ value: JSONValue,
        _ arguments: [JSONValue]
    ) throws(JSONPathError) -> String {
        var text = ""
        if case .array(let items) = value {
            for case .string(let part) in items { try add(part, to: &text) }
        }
        for argument in arguments {
            switch argument {
            case .string(let part): try add(part, to: &text)
            case .array(let items):
                for item in items where item != .null {
                    try add(item.stringValue ?? JavaText.text(of: item), to: &text)
                }
            case .null, .bool, .number, .object: break
            }
        }
        return text
    }

    private mutating func add(_ part: String, to text: inout String) throws(JSONPathError) {
        guard budget.charge(text: part) else { throw .budgetExhausted }
        text += part
    }

    /// What is no array stays as it is (Jayway's Append).
    private func appended(_ value: JSONValue, _ arguments: [JSONValue]) -> JSONValue {
        guard case .array(let items) = value else { return value }
        return .array(items + arguments)
    }

    private func item(
        argument: JSONValue?,
        of value: JSONValue
    ) throws(JSONPathError) -> JSONValue {
        guard case .number(let number) = argument, let index = number.integer,
            let index = Int(exactly: index)
        else { throw .functionFailed(reason: "index() needs an integer") }
        return try item(index, of: value, .index)
    }

    private func item(
        _ index: Int,
        of value: JSONValue,
        _ function: PathFunction
    ) throws(JSONPathError) -> JSONValue {
        guard case .array(let items) = value else {
            throw .functionFailed(reason: "\(function.name)() needs an array")
        }
        let (effective, overflow) =
            index < 0 ? items.count.addingReportingOverflow(index) : (index, false)
        guard !overflow, items.indices.contains(effective) else {
            throw .functionFailed(reason: "\(function.name)() is beyond the array")
        }
        return items[effective]
    }
}
