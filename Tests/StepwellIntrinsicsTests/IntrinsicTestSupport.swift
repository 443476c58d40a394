import StepwellIntrinsics
import StepwellJSON
import StepwellJSONPath

/// A scope with an input, a context object and variables.
struct TestScope: PathScope {
    var input: JSONValue = .null
    var context: JSONValue = .null
    var variables: [(String, JSONValue)] = []
    var dialect = PathDialect.current

    func variable(_ name: String) -> JSONValue? {
        variables.first { $0.0 == name }?.1
    }
}

/// Entropy that gives the end of the range and remembers what it was asked.
struct TestEntropy: IntrinsicEntropy {
    var draws: [(range: Range<Int64>, seed: Int64?)] = []
    var uuids = 0

    mutating func uuid() -> String {
        uuids += 1
        return "00000000-0000-4000-8000-00000000000\(uuids)"
    }

    mutating func random(in range: Range<Int64>, seed: Int64?) -> Int64 {
        draws.append((range, seed))
        return range.upperBound - 1
    }
}

/// The value of a call on the JSON text `input`.
func call(
    _ text: String,
    on input: String = "{}",
    in dialect: PathDialect = .current,
    steps: Int = 1_000_000
) throws -> JSONValue {
    var budget = EvaluationBudget(steps: steps)
    var entropy = TestEntropy()
    let scope = TestScope(input: try JSONParser.parse(input), dialect: dialect)
    let call = try IntrinsicCall(parsing: text)
    return try call.evaluate(in: scope, entropy: &entropy, budget: &budget)
}

/// The error of a call on the JSON text `input`, or `nil` when there is none.
func failure(
    _ text: String,
    on input: String = "{}",
    in dialect: PathDialect = .current,
    steps: Int = 1_000_000
) throws -> IntrinsicError? {
    do {
        _ = try call(text, on: input, in: dialect, steps: steps)
        return nil
    } catch let error as IntrinsicError {
        return error
    }
}
