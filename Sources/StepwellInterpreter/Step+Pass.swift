import StepwellHistory
import StepwellJSON
import StepwellLanguage

extension ExecutionState {
    /// Pass: its result, or its effective input with Parameters applied, goes through ResultPath.
    func runPass(
        _ fields: PassFields,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        let state = definition[branches[id].state]
        if state.queryLanguage == .jsonata {
            return try exit(id, by: state.expressionFlow, into: &builder)
        }
        let input = try effectiveInput(of: id, into: &builder)
        let result: Payload
        if let literal = fields.result {
            result = Payload(literal)
            inspect(.result, result, of: id, into: &builder)
        } else {
            inspect(.afterInputPath, input, of: id, into: &builder)
            result =
                if let parameters = state.parameters {
                    try payload(
                        evaluate(parameters, input: input, on: id, into: &builder),
                        in: id,
                        into: &builder
                    )
                } else {
                    input
                }
            inspect(.afterParameters, result, of: id, into: &builder)
        }
        try exit(id, result: result, into: &builder)
    }

    /// Succeed: InputPath and OutputPath, or Output.
    func succeed(
        _ id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        let state = definition[branches[id].state]
        if state.queryLanguage == .jsonata {
            return try exit(id, by: state.expressionFlow, into: &builder)
        }
        let input = try effectiveInput(of: id, into: &builder)
        inspect(.afterInputPath, input, of: id, into: &builder)
        let output = try apply(state.outputPath, to: input, in: id, into: &builder)
        try recordExit(of: id, output: output, assigned: [], into: &builder)
    }

    /// Fail: Error and Cause, literal or by path or intrinsic.
    func fail(
        _ fields: FailFields,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        if definition[branches[id].state].queryLanguage == .jsonPath {
            inspect(.afterInputPath, branches[id].input, of: id, into: &builder)
        }
        let error = try text(fields.error, field: "ErrorPath", of: id, into: &builder)
        let cause = try text(fields.cause, field: "CausePath", of: id, into: &builder)
        emit(
            .engine(.stateFailed(Failure(error: error, cause: cause), kind: .handled)),
            on: id,
            into: &builder
        )
    }

    private func text(
        _ field: StringField?,
        field name: String,
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> String? {
        switch field {
        case nil: return nil
        case .literal(let text): return text
        case .jsonata(let expression):
            let field = name.utf8.starts(with: "Error".utf8) ? "Error" : "Cause"
            return try string(expression, field: field, on: id, into: &builder)
        case .expression(let expression):
            let input = branches[id].input
            let value = try evaluate(
                expression,
                field: name,
                input: input,
                on: id,
                into: &builder
            )
            guard case .string(let text) = value else {
                throw runtimeFailure(
                    "The \(name) field has to give a string, not "
                        + JSONWriter.string(value) + ".",
                    in: id
                )
            }
            return text
        }
    }
}
