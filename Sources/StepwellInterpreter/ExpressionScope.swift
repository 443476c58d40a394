import StepwellHistory
import StepwellJSON

/// What the expressions of a JSONata state see: `$states` and the variables.
///
/// `$` itself has no value (ASL specification, "Reserved variable: $states").
struct ExpressionScope {
    /// `$states.input`: the state's input as it was entered with.
    var input: JSONValue
    /// `$states.result`: in `Output` and `Assign` of Task, Parallel and Map states.
    var result: JSONValue?
    /// `$states.errorOutput`: in `Output` and `Assign` of a catcher.
    var errorOutput: JSONValue?
    /// `$states.context`.
    let context: JSONValue
    let variables: [AssignedVariable]

    /// The variables by name, the inner ones alone where names meet.
    var bindings: [(name: String, value: JSONValue)] {
        var states = JSONObject([("input", input)])
        if let result { states["result"] = result }
        if let errorOutput { states["errorOutput"] = errorOutput }
        states["context"] = context
        var bindings: [(name: String, value: JSONValue)] = [("states", .object(states))]
        for variable in variables
        where !bindings.contains(where: { $0.name.utf8.elementsEqual(variable.name.utf8) }) {
            var value = variable.value
            if let found = try? value.value() { bindings.append((variable.name, found)) }
        }
        return bindings
    }
}
