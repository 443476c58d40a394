import StepwellIntrinsics
import StepwellJSON
import StepwellJSONPath
import StepwellLanguage
import Testing

/// A scope with an input and, where a test needs them, a context object and variables.
struct TestScope: PathScope {
    var input: JSONValue
    var context: JSONValue = .object(JSONObject())
    var variables = JSONObject()
    var dialect = PathDialect.current

    func variable(_ name: String) -> JSONValue? { variables[name] }
}

/// Entropy that is always the same.
struct FixedEntropy: IntrinsicEntropy {
    mutating func uuid() -> String { "00000000-0000-4000-8000-000000000000" }

    mutating func random(in range: Range<Int64>, seed: Int64?) -> Int64 { range.lowerBound }
}

/// Parses JSON written in a test.
func json(_ text: String) throws -> JSONValue {
    try JSONParser.parse(Array(text.utf8))
}

/// The one state of a definition whose text is `fields`, with targets `A` and `B` beside it.
func state(_ fields: String) throws -> (State, StateMachineDefinition) {
    let decoded = decode(
        """
        {"StartAt": "Way", "States": {
          "Way": {"Type": "Choice", "Default": "S", "Choices": [
            {"Variable": "$.a", "IsPresent": true, "Next": "A"},
            {"Variable": "$.b", "IsPresent": true, "Next": "B"}]},
          "S": {\(fields)},
          "A": {"Type": "Succeed"},
          "B": {"Type": "Succeed"}}}
        """
    )
    let definition = try #require(
        decoded.definition,
        "\(decoded.problems.invalidDefinitionMessage)"
    )
    let index = try #require(definition.index(ofState: "S"))
    return (definition[index], definition)
}
