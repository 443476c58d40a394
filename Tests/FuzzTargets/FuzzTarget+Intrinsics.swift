import StepwellIntrinsics
import StepwellJSON
import StepwellJSONPath

extension FuzzTarget {
    /// Payload template expressions, above all calls of intrinsic functions: an error lies inside
    /// the text, a value is the same twice and survives being written and read.
    static let intrinsics = FuzzTarget(
        name: "intrinsics",
        seeds: [
            "States.Format('{} and \\{\\} \\\\ \\'{}', $.s, 1.5)", "States.StringToJson('[1,{}]')",
            "States.JsonToString($.b)", "States.Array(1, 'a', null, true, $.a[0])",
            "States.ArrayPartition($.a, 2)", "States.ArrayContains($.a, 'x')",
            "States.ArrayRange(1, 9, -2)", "States.ArrayRange(-9, 9, 3)",
            "States.ArrayGetItem($.a, 5)", "States.ArrayLength($.e)", "States.ArrayUnique($.a)",
            "States.Base64Encode('é')", "States.Base64Decode('w6k=')",
            "States.Hash($.s, 'SHA-256')", "States.Hash('', 'MD5')",
            "States.JsonMerge($.b, $.o, false)", "States.MathRandom(1, 9, 3)",
            "States.MathAdd($.n, -1)", "States.StringSplit($.s, ',x')", "States.UUID()",
            "States.Format('{}', States.JsonToString(States.Array(States.UUID(), $$.s, $v.n)))",
            "States.StringToJson($)\u{0}\"{\\\"a\\\":1e999}\"",
        ],
        complaint: complaintOfIntrinsic
    )

    private static func complaintOfIntrinsic(_ bytes: [UInt8]) -> String? {
        let input = FuzzInput(bytes)
        let expression: PathExpression
        do {
            expression = try PathExpression(parsing: input.expression)
        } catch {
            let inside = (0...input.expression.utf8.count).contains(error.offset)
            return inside ? nil : "the error of '\(input.expression)' lies outside the text"
        }
        let first = outcome(of: expression, on: input.document)
        guard first == outcome(of: expression, on: input.document) else {
            return "'\(expression.text)' has two values"
        }
        guard case .success(let value) = first else { return nil }
        let written = JSONWriter.write(value)
        // A call may nest one level deeper than the parser reads; nothing else is refused.
        guard let read = try? JSONParser.parse(written) else { return nil }
        guard JSONWriter.write(read) == written else {
            return "the value of '\(expression.text)' changes when it is read again"
        }
        return nil
    }

    private static func outcome(
        of expression: PathExpression,
        on document: JSONValue
    ) -> Result<JSONValue, PathExpressionError> {
        var budget = EvaluationBudget(steps: 200_000)
        var entropy = FuzzEntropy()
        do {
            let scope = FuzzScope(input: document)
            return .success(
                try expression.evaluate(in: scope, entropy: &entropy, budget: &budget)
            )
        } catch {
            return .failure(error)
        }
    }
}
