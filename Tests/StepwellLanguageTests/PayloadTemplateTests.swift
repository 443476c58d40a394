import StepwellIntrinsics
import StepwellJSON
import StepwellJSONPath
import StepwellLanguage
import Testing

/// Payload templates (ASL specification, "Payload Template").
@Suite("Payload templates")
struct PayloadTemplateTests {
    @Test("Expressions are replaced at every depth and come after the rest, which stays as it is")
    func evaluates() throws {
        let template = try template(
            """
            {"z": 1.0, "a.$": "$.x", "n": {"b.$": "$$.Id", "k": [1, {"c.$": "$v"}, "$.x"]},
             "d.$": "States.Format('{}-{}', $.x, $v)"}
            """
        )
        #expect(template.literal == nil)
        let value = try evaluate(template)
        #expect(
            JSONWriter.string(value)
                == #"{"z":1.0,"n":{"k":[1,{"c":"var"},"$.x"],"b":"id"},"a":7,"d":"7-var"}"#
        )
    }

    @Test("A template without expressions is one literal")
    func literal() throws {
        let template = try template(#"{"a": {"b": [1, 2]}}"#)
        #expect(template.literal == (try json(#"{"a": {"b": [1, 2]}}"#)))
    }

    @Test("A path that leads nowhere names field, path and input as AWS does")
    func missing() throws {
        let template = try template(#"{"o": {"value.$": "$.no_such_jsonpath"}}"#)
        let error = #expect(throws: TemplateError.self) { try evaluate(template) }
        #expect(error?.field == "value.$")
        #expect(error?.errorName == "States.Runtime")
        #expect(
            error?.cause(input: #"{"x":7}"#)
                == "The JSONPath '$.no_such_jsonpath' specified for the field 'value.$' could not "
                + "be found in the input '{\"x\":7}'"
        )
    }

    @Test("Members with expressions come in the order of Java's HashMap (recorded)")
    func order() throws {
        let names = [
            "context_object", "execution", "execution_id", "execution_input", "execution_name",
            "execution_rolearn", "execution_starttime", "state", "state_enteredtime", "state_name",
            "statemachine", "statemachine_id", "statemachine_name",
        ]
        let fields = names.map { "\"\($0).$\": \"$.x\"" }.joined(separator: ",")
        let value = try evaluate(try template("{\(fields)}"))
        #expect(
            value.objectValue?.keys == [
                "execution", "execution_rolearn", "execution_name", "statemachine_id",
                "execution_id", "execution_input", "execution_starttime", "state_name",
                "state_enteredtime", "statemachine", "state", "context_object",
                "statemachine_name",
            ]
        )
        let first = try evaluate(try template("{\(fields)}"), in: .first)
        #expect(first.objectValue?.keys == names)
    }

    @Test("A failing intrinsic function is States.Runtime, and was an intrinsic failure")
    func intrinsic() throws {
        let template = try template(#"{"v.$": "States.StringToJson('{')"}"#)
        let error = #expect(throws: TemplateError.self) { try evaluate(template) }
        #expect(error?.errorName == "States.Runtime")
        #expect(
            error?.cause(input: "")
                == "There was an error while evaluating the intrinsic function: "
                + "States.StringToJson('{'). Invalid arguments in States.StringToJson"
        )
        let first = #expect(throws: TemplateError.self) { try evaluate(template, in: .first) }
        #expect(first?.errorName == "States.IntrinsicFailure")
        #expect(
            first?.cause(input: "").hasPrefix(
                "The function 'States.StringToJson('{')' had the following error: "
            ) == true
        )
    }

    @Test("Assign gives values in order, all from before the state")
    func assign() throws {
        let (state, _) = try state(
            #""Type": "Pass", "End": true, "Assign": {"v": 1, "w.$": "$v", "u": {"x.$": "$.x"}}"#
        )
        let assign = try #require(state.assign)
        var entropy = FixedEntropy()
        var budget = EvaluationBudget(steps: 1000)
        let values = try assign.evaluate(in: scope, entropy: &entropy, budget: &budget)
        #expect(values.map(\.name) == ["v", "w", "u"])
        #expect(values.map { JSONWriter.string($0.value) } == ["1", #""var""#, #"{"x":7}"#])
    }

    private var scope: TestScope {
        TestScope(
            input: .object(JSONObject([("x", .number(JSONNumber(Int64(7))))])),
            context: .object(JSONObject([("Id", .string("id"))])),
            variables: JSONObject([("v", .string("var"))])
        )
    }

    private func template(_ text: String) throws -> PayloadTemplate {
        let (state, _) = try state(#""Type": "Pass", "End": true, "Parameters": \#(text)"#)
        return try #require(state.parameters)
    }

    private func evaluate(
        _ template: PayloadTemplate,
        in dialect: PathDialect = .current
    ) throws -> JSONValue {
        var scope = scope
        scope.dialect = dialect
        var entropy = FixedEntropy()
        var budget = EvaluationBudget(steps: 1000)
        return try template.evaluate(in: scope, entropy: &entropy, budget: &budget)
    }
}
