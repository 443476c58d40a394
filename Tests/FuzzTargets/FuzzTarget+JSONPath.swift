import StepwellJSON
import StepwellJSONPath

extension FuzzTarget {
    /// Paths on a document: an error lies inside the text, an evaluation is the same twice and no
    /// longer than its budget, a value written through a reference path is read back.
    static let jsonPath = FuzzTarget(
        name: "jsonpath",
        seeds: [
            "$", "$$.a", "$v.b", "$.a[0]", "$['a']['b']", "$.a[-1]", "$.a[1:3]", "$.a[0,2]",
            "$['a','b']", "$..b", "$..*", "$.a[*]", "$.b.*", "$.books[?(@.price < 10)]",
            "$.books[?(@.isbn && !(@.price > 20 || @.price == null))].price",
            "$.books[?(@.isbn =~ /[0-9]+(a|b)*?/i)]", "$.a[?(@ in [1,'x',null])]",
            "$.a[?(@ nin $.e)]", "$..[?(@.a subsetof [1,2])]", "$..[?(@.b anyof [3])]",
            "$..[?(@.b noneof [3])]", "$.a[?(@ size 1)]", "$.a[?(@ empty false)]",
            "$.a.length()", "$.a[5].b.sum()", "$.o.keys()", "$.concat($.s,'x')", "$.e.append(1)",
            "$.a.first()", "$.a.index(-1)", "$.b.max($.n, 3)",
            "$.x\u{0}{\"x\":{\"y\":[1,{\"x\":2}]}}", "$.x.y[1].x\u{0}{\"x\":{\"y\":[1,{\"x\":2}]}}",
        ],
        complaint: complaintOfPath
    )

    private static func complaintOfPath(_ bytes: [UInt8]) -> String? {
        let input = FuzzInput(bytes)
        let path: JSONPath
        do {
            path = try JSONPath(parsing: input.expression)
        } catch {
            let inside = (0...input.expression.utf8.count).contains(error.offset)
            return inside ? nil : "the error of '\(input.expression)' lies outside the text"
        }
        guard path.text.utf8.elementsEqual(input.expression.utf8) else {
            return "the path does not keep its text"
        }
        let first = outcome(of: path, on: input.document)
        guard first == outcome(of: path, on: input.document) else {
            return "'\(path.text)' has two values"
        }
        guard let reference = try? ReferencePath(parsing: input.expression) else { return nil }
        return complaint(of: reference, on: input.document)
    }

    private static func outcome(
        of path: JSONPath,
        on document: JSONValue
    ) -> Result<JSONValue, JSONPathError> {
        var budget = EvaluationBudget(steps: 200_000)
        do {
            return .success(try path.evaluate(in: FuzzScope(input: document), budget: &budget))
        } catch {
            return .failure(error)
        }
    }

    private static func complaint(of reference: ReferencePath, on document: JSONValue) -> String? {
        let mark = JSONValue.string("written")
        guard let written = try? reference.write(mark, into: document) else { return nil }
        guard outcome(of: reference.path, on: written) == .success(mark) else {
            return "what '\(reference.text)' wrote is not read back"
        }
        return nil
    }
}
