import StepwellHistory
import StepwellJSON
import StepwellLanguage

/// What the expressions of a JSONata state see: `$states` and the variables; each is made when an
/// expression can look at it, and not before.
///
/// `$` itself has no value (ASL specification, "Reserved variable: $states").
struct ExpressionScope {
    /// A variable by its name.
    typealias Binding = (name: String, value: JSONValue)

    /// `$states.input`: the state's input as it was entered with.
    let input: Payload
    /// `$states.result`: in `Output` and `Assign` of Task, Parallel and Map states.
    var result: Payload?
    /// `$states.errorOutput`: in `Output` and `Assign` of a catcher.
    var errorOutput: Payload?
    /// What `$states.context` is made from.
    let context: ContextSource
    /// The variables in sight.
    let variables: VisibleVariables

    /// The variables that an expression can look at, the inner ones alone where names meet.
    ///
    /// - Throws: `JSONParseError` of a payload that is no JSON.
    func bindings(
        for expression: StateExpression,
        mentioning names: [String],
        spending budget: inout DecisionBudget
    ) throws(JSONParseError) -> [Binding] {
        var bindings: [Binding] = []
        for name in names {
            if name.utf8.elementsEqual("states".utf8) {
                let states = try states(expression.reads, spending: &budget)
                bindings.append((name, .object(states)))
            } else if let variable = variables[name] {
                bindings.append((name, try value(of: variable, spending: &budget)))
            }
        }
        return bindings
    }

    private func states(
        _ members: StatesMembers,
        spending budget: inout DecisionBudget
    ) throws(JSONParseError) -> JSONObject {
        var states = JSONObject()
        if members.contains(.input) {
            states["input"] = try value(of: input, spending: &budget)
        }
        // AWS writes the context after the input (recorded of TestState).
        if context.orderIsRecorded { try addContext(to: &states, members, spending: &budget) }
        if members.contains(.result), let result {
            states["result"] = try value(of: result, spending: &budget)
        }
        if members.contains(.errorOutput), let errorOutput {
            states["errorOutput"] = try value(of: errorOutput, spending: &budget)
        }
        if !context.orderIsRecorded { try addContext(to: &states, members, spending: &budget) }
        return states
    }

    private func addContext(
        to states: inout JSONObject,
        _ members: StatesMembers,
        spending budget: inout DecisionBudget
    ) throws(JSONParseError) {
        guard members.contains(.context) else { return }
        if let start = context.start, context.given == nil {
            _ = try value(of: start.input, spending: &budget)
        }
        states["context"] = context.object
    }

    private func value(
        of payload: Payload,
        spending budget: inout DecisionBudget
    ) throws(JSONParseError) -> JSONValue {
        if let parsed = payload.parsed { return parsed }
        budget.charge(parsing: payload.text.count)
        return try payload.value()
    }
}
