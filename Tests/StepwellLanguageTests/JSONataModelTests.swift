import StepwellJSON
import StepwellLanguage
import Testing

/// JSONata states in the model: everything is compiled, nothing is evaluated here.
@Suite("JSONata in the model")
struct JSONataModelTests {
    private func compiled(_ fields: String) throws -> State {
        let other = fields.contains(#""A""#) ? #", "A": {"Type": "Succeed"}"# : ""
        let decoded = decode(
            """
            {"StartAt": "S", "QueryLanguage": "JSONata", "States": {"S": {\(fields)}\(other)}}
            """
        )
        #expect(!decoded.languageProblems.hasErrors)
        let machine = try #require(decoded.definition)
        #expect(machine.queryLanguage == .jsonata)
        let state = machine[machine.startAt]
        #expect(state.queryLanguage == .jsonata)
        return state
    }

    private func expression(_ text: String) throws -> StateExpression {
        try #require(StateExpression(text))
    }

    @Test("Arguments, Output and Assign")
    func flow() throws {
        let state = try compiled(
            """
            "Type": "Task", "Resource": "r:r", "End": true,
            "Arguments": {"a": ["{% 1 %}", 2], "b": 3},
            "Output": "{% $states.result %}", "Assign": {"x": "{% 2 %}", "y": {"z": 1}},
            "TimeoutSeconds": "{% 60 %}", "HeartbeatSeconds": 5,
            "Credentials": {"RoleArn": "{% $r %}"}
            """
        )
        let flow = state.expressionFlow
        guard case .object(let members)? = flow.arguments, case .array(let items) = members[0].value
        else {
            Issue.record("the arguments are no object of an array")
            return
        }
        guard case .expression(let first) = items[0] else {
            Issue.record("no expression")
            return
        }
        #expect(first.text == " 1 ")
        #expect(members[1].value.literal == .number(JSONNumber(Int64(3))))
        guard case .expression(let output)? = flow.output else {
            Issue.record("no expression")
            return
        }
        #expect(output.source == "{% $states.result %}")
        #expect(flow.assign.map(\.name) == ["x", "y"])
        #expect(flow.assign[1].value.literal != nil)
        #expect(state.assign == nil)
        guard case .task(let fields) = state.kind else {
            Issue.record("no task")
            return
        }
        #expect(fields.timeout == .expression(try expression("{% 60 %}")))
        #expect(fields.heartbeat == .literal(5))
        #expect(fields.credentials == nil)
        #expect(fields.credentialsTemplate != nil)
    }

    @Test("Conditions, with Assign and Output of the rule")
    func choice() throws {
        let state = try compiled(
            """
            "Type": "Choice", "Default": "A", "Assign": {"d": 1}, "Choices": [
              {"Condition": "{% $states.input.a %}", "Next": "A", "Assign": {"r": 1}, "Output": 7},
              {"Condition": false, "Next": "A"}]
            """
        )
        guard case .choice(let fields) = state.kind,
            case .expression(let condition) = fields.rules[0].condition,
            case .literal(let flag) = fields.rules[1].condition
        else {
            Issue.record("no conditions")
            return
        }
        #expect(condition.text == " $states.input.a ")
        #expect(!flag)
        #expect(fields.rules[0].expressionFlow.assign.map(\.name) == ["r"])
        #expect(fields.rules[0].expressionFlow.output?.literal == .number(JSONNumber(Int64(7))))
        #expect(state.expressionFlow.assign.map(\.name) == ["d"])
    }

    @Test("Wait, Fail and Map")
    func others() throws {
        guard
            case .wait(let wait) = try compiled(
                #""Type": "Wait", "Seconds": "{% 1 %}", "End": true"#
            ).kind,
            case .fail(let fail) = try compiled(
                #""Type": "Fail", "Error": "{% 'E' %}", "Cause": "c""#
            )
            .kind,
            case .map(let map) = try compiled(
                """
                "Type": "Map", "End": true, "Items": "{% [1] %}", "MaxConcurrency": "{% 2 %}",
                "ItemSelector": {"i": "{% $states.context.Map.Item.Value %}"},
                "ItemProcessor": {"StartAt": "P", "States": {"P": {"Type": "Succeed"}}}
                """
            ).kind
        else {
            Issue.record("other kinds")
            return
        }
        #expect(wait == .secondsExpression(try expression("{% 1 %}")))
        #expect(fail.error == .jsonata(try expression("{% 'E' %}")))
        #expect(fail.cause == .literal("c"))
        #expect(map.maxConcurrency == .expression(try expression("{% 2 %}")))
        #expect(map.items != nil)
        #expect(map.itemSelectorTemplate != nil)
        #expect(map.itemSelector == nil)
    }

    @Test("A state's language is its own or the machine's, not that of the Map around it")
    func languages() throws {
        let decoded = decode(
            """
            {"StartAt": "M", "States": {"M": {"Type": "Map", "QueryLanguage": "JSONata",
              "End": true, "ItemProcessor": {"StartAt": "P", "States": {
                "P": {"Type": "Pass", "Parameters": {"a.$": "$.a"}, "End": true}}}}}}
            """
        )
        #expect(!decoded.languageProblems.hasErrors)
        let machine = try #require(decoded.compiled)
        let inner = try #require(machine.index(ofState: "P"))
        #expect(machine[machine.startAt].queryLanguage == .jsonata)
        #expect(machine[inner].queryLanguage == .jsonPath)
        #expect(machine[inner].parameters != nil)
    }

    @Test(
        "Only a string that begins and ends with the delimiters is an expression",
        arguments: [
            ("{% 1 %}", true), ("{%%}", true), ("{%1", false), (" {% 1 %}", false),
            ("{% 1 %} ", false), ("{%}", false), ("", false),
        ]
    )
    func delimiters(text: String, isExpression: Bool) {
        #expect((StateExpression(text) != nil) == isExpression)
    }
}
