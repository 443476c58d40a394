import StepwellJSON
import StepwellJSONPath

/// An expression, and what it sees.
struct EvalRequest: PathScope {
    /// The expression's text.
    let expression: String
    /// What `$` stands for.
    let input: JSONValue
    /// The variables by name; `$` names the context object.
    let bindings: JSONObject
    /// Whether there is an input; without one, JSONata's `$` has no value.
    var hasInput = true
    /// How long JSONata may take, in milliseconds of a slow machine; counted as steps.
    var timeLimit: Double?
    /// How deeply JSONata may nest.
    var depth: Int?

    var context: JSONValue { bindings["$"] ?? .object(JSONObject()) }

    func variable(_ name: String) -> JSONValue? { bindings[name] }
}
