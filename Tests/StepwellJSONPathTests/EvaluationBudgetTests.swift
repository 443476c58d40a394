import StepwellJSON
import StepwellJSONPath
import Testing

@Suite("Budgets of evaluation")
struct EvaluationBudgetTests {
    @Test(
        "work beyond the budget is an error",
        arguments: [
            "$[0].a", "$..*", "$[*]", "$[?(@ == $)]", "$[?(@.a =~ /a*/)]", "$.sum()",
            "$[0:100]", "$..a.length()", "$[9,9,9,9]", "$[*]['x','y','z']",
        ]
    )
    func exhausted(path: String) throws {
        let items = String(repeating: #"{"a":"aaaaaaaa"},"#, count: 99) + "1"
        #expect(try failure(path, on: "[\(items)]", steps: 1) == .budgetExhausted)
    }

    @Test("a budget never goes below zero")
    func empty() {
        var budget = EvaluationBudget(steps: 2)
        let first = budget.spend(2)
        let second = budget.spend()
        #expect(first && !second)
        #expect(budget.steps == 0)
        #expect(EvaluationBudget(steps: -1).steps == 0)
    }

    @Test("the same evaluation costs the same")
    func deterministic() throws {
        let value = try json(bookstore)
        let path = try JSONPath(parsing: "$..book[?(@.price < 10)].title")
        let left = try (0..<2).map { _ in
            var budget = EvaluationBudget(steps: 10_000)
            _ = try path.evaluate(on: value, budget: &budget)
            return budget.steps
        }
        #expect(left[0] == left[1])
        #expect(left[0] < 10_000)
    }

    @Test(
        "a value that is nested too deeply is an error, at the limit and beyond",
        arguments: [500, 5_000],
        ["$..a", "$..[?(@.a)]", "$[?(@..a)]", "$.sum()"]
    )
    func depth(levels: Int, path: String) throws {
        var value = JSONValue.number(JSONNumber(Int64(1)))
        for _ in 0..<levels {
            value = .object(JSONObject([("a", .array([value]))]))
        }
        var budget = EvaluationBudget(steps: 50_000_000)
        let compiled = try JSONPath(parsing: path)
        if levels == 500 {
            _ = try? compiled.evaluate(on: .array([value]), budget: &budget)
        } else {
            #expect(throws: JSONPathError.self) {
                try compiled.evaluate(on: .array([value]), budget: &budget)
            }
        }
    }
}
