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

    var context: JSONValue { bindings["$"] ?? .object(JSONObject()) }

    func variable(_ name: String) -> JSONValue? { bindings[name] }
}
