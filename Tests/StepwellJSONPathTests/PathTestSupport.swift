import StepwellJSON
import StepwellJSONPath
import Testing

/// A scope with an input, a context object and one variable.
struct TestScope: PathScope {
    var input: JSONValue = .null
    var context: JSONValue = .null
    var variables: [(String, JSONValue)] = []
    var dialect = PathDialect.current

    func variable(_ name: String) -> JSONValue? {
        variables.first { $0.0 == name }?.1
    }
}

/// The value of JSON text.
func json(_ text: String) throws -> JSONValue {
    try JSONParser.parse(Array(text.utf8))
}

/// The value of `path` on the JSON text `input`.
func evaluate(_ path: String, on input: String, steps: Int = 1_000_000) throws -> JSONValue {
    var budget = EvaluationBudget(steps: steps)
    let scope = TestScope(input: try json(input))
    return try JSONPath(parsing: path).evaluate(in: scope, budget: &budget)
}

/// The error of `path` on the JSON text `input`, or `nil` when there is none.
func failure(_ path: String, on input: String, steps: Int = 1_000_000) throws -> JSONPathError? {
    do {
        _ = try evaluate(path, on: input, steps: steps)
        return nil
    } catch let error as JSONPathError {
        return error
    }
}

/// The goessner bookstore, which Jayway's documentation uses as its example.
let bookstore = """
    {"store": {
      "book": [
        {"category": "reference", "author": "Nigel Rees", "title": "Sayings", "price": 8.95},
        {"category": "fiction", "author": "Evelyn Waugh", "title": "Sword", "price": 12.99},
        {"category": "fiction", "author": "Herman Melville", "title": "Moby Dick",
         "isbn": "0-553-21311-3", "price": 8.99},
        {"category": "fiction", "author": "J. R. R. Tolkien", "title": "The Lord of the Rings",
         "isbn": "0-395-19395-8", "price": 22.99}],
      "bicycle": {"color": "red", "price": 19.95}},
     "expensive": 10}
    """
