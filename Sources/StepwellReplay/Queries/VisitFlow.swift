package import StepwellHistory
package import StepwellInterpreter
package import StepwellJSON
import StepwellLanguage

/// The data flow of one visit to a state, stage by stage: what each field made of what it was
/// given, as it was when the execution ran.
///
/// The stages are no part of the log: the turns of the visit are derived again, with the draws and
/// variables that they had.
package struct VisitFlow: Sendable {
    private var observation: StateObservation
    private let state: State
    /// Whether turns were passed over whose semantics cannot be derived any more.
    package private(set) var isPartial = false
    private var output: StateExitedDetails?

    /// The flow of a visit, of which nothing is known yet.
    package init(of visit: StateVisit, in story: ExecutionStory) {
        observation = StateObservation(
            branch: visit.branch,
            enteredEventID: visit.enteredEventID
        )
        state = story.definition[visit.state]
    }

    /// Derives a turn again from the state before it, and notes what the visit's stages gave.
    package mutating func take(_ turn: Turn, from before: ExecutionState) {
        for record in turn.records where record.branch == observation.branch {
            if case .event(let event) = record.body, case .stateExited(_, let details) = event.body,
                event.id > observation.enteredEventID,
                details.name.utf8.elementsEqual(state.name.utf8)
            {
                output = output ?? details
            }
        }
        guard Semantics.isDerivable(turn.semantics),
            case .input(let input)? = turn.records.first?.body
        else {
            isPartial = true
            return
        }
        var state = before
        var builder = TransitionBuilder(deriving: turn)
        builder.observation = observation
        _ = state.step(input, at: turn.time, into: &builder)
        if let observed = builder.observation { observation = observed }
    }

    /// The stages in their order, `{name, value}`, named as TestState names them, values cut at a
    /// number of bytes.
    package func steps(input: Payload, limit: Int?) -> [JSONValue] {
        var steps: [(name: String, payload: Payload)] = [("input", input)]
        for stage in Self.stages {
            if let payload = observation[stage] { steps.append((stage.rawValue, payload)) }
        }
        if let output { steps.append(("output", output.output)) }
        var values = steps.map { step in
            var object = JSONObject([("name", .string(step.name))])
            object.add("value", PicturedPayload(step.payload, limit: limit))
            return JSONValue.object(object)
        }
        if let assigned = output?.assignedVariables, !assigned.isEmpty {
            var variables = JSONObject()
            for variable in assigned {
                variables[variable.name] = PicturedPayload(variable.value, limit: limit).value
            }
            values.append(.object(["name": "variables", "value": .object(variables)]))
        }
        return values
    }

    private static let stages: [StateInspection.Stage] = [
        .afterInputPath, .afterParameters, .afterArguments, .afterItemsPath, .result,
        .afterResultSelector, .afterResultPath,
    ]
}
