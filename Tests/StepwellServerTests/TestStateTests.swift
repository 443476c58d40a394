import StepwellJSON
import Testing

@testable import StepwellServer

@Suite("TestState")
struct TestStateTests {
    private func test(_ parameters: JSONObject) async throws -> RouterHarness.Answer {
        var answer: RouterHarness.Answer?
        try await RouterHarness.run { router in
            answer = try await RouterHarness.call(router, "TestState", .object(parameters))
        }
        return try #require(answer)
    }

    private static let role: JSONValue = "arn:aws:iam::000000000000:role/r"

    private func inspected(_ answer: RouterHarness.Answer, _ key: String) throws -> JSONValue {
        let data = try #require(answer.members["inspectionData"]?.objectValue)
        guard case .string(let text)? = data[key] else {
            Issue.record("there is no \(key)")
            return .null
        }
        return try JSONParser.parse(Array(text.utf8))
    }

    @Test("A Pass state shows every stage of its data flow, and the next state")
    func stages() async throws {
        let answer = try await test([
            "definition": #"""
            {"Type":"Pass","InputPath":"$.a","Parameters":{"n.$":"$.b"},
             "ResultPath":"$.r","Next":"B"}
            """#,
            "input": #"{"a":{"b":1}}"#, "inspectionLevel": "DEBUG",
        ])
        #expect(answer.text("status") == "SUCCEEDED")
        #expect(answer.text("nextState") == "B")
        #expect(try inspected(answer, "input") == ["a": ["b": 1]])
        #expect(try inspected(answer, "afterInputPath") == ["b": 1])
        #expect(try inspected(answer, "afterParameters") == ["n": 1])
        #expect(try inspected(answer, "afterResultSelector") == ["n": 1])
        #expect(try inspected(answer, "afterResultPath") == ["a": ["b": 1], "r": ["n": 1]])
        #expect(answer.text("output") == #"{"a":{"b":1},"r":{"n":1}}"#)
    }

    @Test("INFO shows no inspection data")
    func info() async throws {
        let answer = try await test(["definition": #"{"Type":"Succeed"}"#, "input": "7"])
        #expect(JSONValue.object(answer.members) == ["output": "7", "status": "SUCCEEDED"])
    }

    @Test("A mocked error meets the retrier, then the catcher")
    func errors() async throws {
        let definition: JSONValue = #"""
            {"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","End":true,
             "Retry":[{"ErrorEquals":["E"],"IntervalSeconds":3,"BackoffRate":2,"MaxAttempts":2}],
             "Catch":[{"ErrorEquals":["F"],"Next":"X"},{"ErrorEquals":["States.ALL"],"Next":"Y"}]}
            """#
        let mock: JSONValue = ["errorOutput": ["error": "E", "cause": "c"]]
        let retried = try await test([
            "definition": definition, "mock": mock, "inspectionLevel": "DEBUG",
            "stateConfiguration": ["retrierRetryCount": 1],
        ])
        #expect(retried.text("status") == "RETRIABLE")
        let details = try #require(retried.members["inspectionData"]?.objectValue)["errorDetails"]
        #expect(details == ["retryIndex": 0, "retryBackoffIntervalSeconds": 6])
        let caught = try await test([
            "definition": definition, "mock": mock,
            "stateConfiguration": ["retrierRetryCount": 2],
        ])
        #expect(caught.text("status") == "CAUGHT_ERROR")
        #expect(caught.text("nextState") == "Y")
        #expect(caught.text("output") == #"{"Error":"E","Cause":"c"}"#)
        #expect(caught.text("error") == "E")
    }

    @Test("A state of a machine is found at any depth, and its variables are those given")
    func nested() async throws {
        let answer = try await test([
            "definition": #"""
            {"StartAt":"M","States":{"M":{"Type":"Map","End":true,"ItemProcessor":{"StartAt":"P",
             "States":{"P":{"Type":"Pass","QueryLanguage":"JSONata","Output":"{% $v + 1 %}",
             "Assign":{"w":"{% $v %}"},"End":true}}}}}}
            """#,
            "stateName": "P", "variables": #"{"v":4}"#, "inspectionLevel": "TRACE",
        ])
        #expect(answer.text("output") == "5")
        #expect(try inspected(answer, "variables") == ["v": 4, "w": 4])
    }

    @Test("A Map shows the inputs of its iterations and its tolerance")
    func map() async throws {
        let definition: JSONValue = #"""
            {"Type":"Map","ItemsPath":"$.i","ItemSelector":{"x.$":"$$.Map.Item.Value"},"End":true,
             "MaxConcurrency":60,"ToleratedFailurePercentage":50,
             "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
             "StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}}
            """#
        let mock: JSONValue = ["result": "[8,9]"]
        let answer = try await test([
            "definition": definition, "input": #"{"i":[1,2]}"#, "mock": mock,
            "inspectionLevel": "DEBUG", "stateConfiguration": ["mapIterationFailureCount": 1],
        ])
        #expect(answer.text("output") == "[8,9]")
        #expect(try inspected(answer, "afterItemsPath") == [1, 2])
        #expect(try inspected(answer, "afterItemSelector") == [["x": 1], ["x": 2]])
        let data = try #require(answer.members["inspectionData"]?.objectValue)
        #expect(data["maxConcurrency"] == 60)
        #expect(data["toleratedFailurePercentage"] == 50)
        let failed = try await test([
            "definition": definition, "input": #"{"i":[1,2]}"#, "mock": mock,
            "stateConfiguration": ["mapIterationFailureCount": 2],
        ])
        #expect(failed.text("status") == "FAILED")
        #expect(failed.text("error") == "States.ExceedToleratedFailureThreshold")
    }

    @Test("An item reader's data stands for what it reads, through its pointer")
    func reader() async throws {
        let answer = try await test([
            "definition": #"""
            {"Type":"Map","End":true,"ItemReader":{"Resource":"arn:aws:states:::s3:getObject",
             "ReaderConfig":{"InputType":"JSON","ItemsPointer":"/a","MaxItems":2},
             "Parameters":{"Bucket":"b","Key":"k"}},"ItemSelector":{"i.$":"$$.Map.Item.Value"},
             "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
             "StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}}
            """#,
            "mock": ["result": "[]"], "inspectionLevel": "DEBUG",
            "stateConfiguration": ["mapItemReaderData": #"{"a":[7,8,9]}"#],
        ])
        #expect(try inspected(answer, "afterItemsPointer") == [7, 8, 9])
        #expect(try inspected(answer, "afterItemSelector") == [["i": 7], ["i": 8]])
    }

    @Test("An item reader's data may be an object, whose members are the items")
    func readerOfMembers() async throws {
        let answer = try await test([
            "definition": #"""
            {"Type":"Map","End":true,"ItemReader":{"Resource":"arn:aws:states:::s3:getObject",
             "ReaderConfig":{"InputType":"JSON","MaxItems":1},
             "Parameters":{"Bucket":"b","Key":"k"}},
             "ItemSelector":{"k.$":"$$.Map.Item.Key","v.$":"$$.Map.Item.Value"},
             "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
             "StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}}
            """#,
            "mock": ["result": "[]"], "inspectionLevel": "DEBUG",
            "stateConfiguration": ["mapItemReaderData": #"{"a":7,"b":8}"#],
        ])
        #expect(try inspected(answer, "afterItemSelector") == [["k": "a", "v": 7]])
    }

    @Test("A result writer without a resource gives the results themselves")
    func writer() async throws {
        for (writer, result) in [
            (#"{"WriterConfig":{"Transformation":"FLATTEN","OutputType":"JSON"}}"#, "[1]"),
            (#"{"Resource":"arn:aws:states:::s3:putObject","Parameters":{"Bucket":"b"}}"#, "{}"),
        ] {
            let answer = try await test([
                "definition": .string(
                    #"""
                    {"Type":"Map","End":true,"ResultWriter":\#(writer),
                     "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED",
                     "ExecutionType":"STANDARD"},"StartAt":"P",
                     "States":{"P":{"Type":"Pass","End":true}}}}
                    """#
                ),
                "input": "[1]", "mock": ["result": .string(result)],
            ])
            #expect(answer.text("status") == "SUCCEEDED")
            #expect(answer.text("output") == result)
        }
    }

    @Test("A given context object is what expressions see, token and all")
    func context() async throws {
        let answer = try await test([
            "definition": #"""
            {"Type":"Task","End":true,
             "Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
             "Parameters":{"QueueUrl":"q","MessageBody":{"t.$":"$$.Task.Token"}}}
            """#,
            "mock": ["result": "{}"], "context": #"{"Task":{"Token":"abc"}}"#,
            "inspectionLevel": "TRACE",
        ])
        #expect(
            try inspected(answer, "afterParameters")
                == ["QueueUrl": "q", "MessageBody": ["t": "abc"]]
        )
    }

    @Test("A Task without a mock is done by the engine's connectors, and leaves no execution")
    func connectors() async throws {
        try await RouterHarness.run { router in
            let answer = try await RouterHarness.call(
                router,
                "TestState",
                [
                    "definition": #"{"Type":"Task","Resource":"none","End":true}"#,
                    "roleArn": Self.role,
                ]
            )
            #expect(answer.text("status") == "FAILED")
            #expect(answer.text("error") == "Stepwell.NoHandler")
            let machines = try await RouterHarness.call(router, "ListStateMachines", [:])
            #expect(machines.members["stateMachines"] == [])
        }
    }

    @Test(
        "What a request may not be is refused by name",
        arguments: [
            (
                #"{"Type":"Pass","End":true}"#, ["mock": ["result": "{}"]],
                "State type 'Pass' is not supported when a mock is specified"
            ),
            (
                #"{"Type":"Task","Resource":"r","End":true}"#, [:],
                "RoleArn must be specified when testing a Task state"
            ),
            (
                #"{"Type":"Task","Resource":"r","End":true}"#, ["context": "{}"],
                "TestState does not support Context when a mock is not specified."
            ),
            (
                #"{"Type":"Task","Resource":"r","End":true}"#,
                ["mock": ["result": "{}"], "context": #"{"Execution":{"Color":1}}"#],
                "Invalid Context object provided: Field 'Color' is not allowed"
            ),
            (
                #"{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","Parameters":{},"#
                    + #""End":true}"#,
                ["mock": ["result": "{}"], "context": #"{"Task":{"Token":"t"}}"#],
                "Context object contains 'Task' when state is not a Task state with a '.sync' or "
                    + "'.waitForTaskToken' service integration pattern"
            ),
            (
                #"{"Type":"Task","Resource":"r","End":true}"#, ["mock": ["result": "{"]],
                "Mocked result must be valid JSON"
            ),
            (
                #"{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}"#, ["stateName": "B"],
                "State not found in definition"
            ),
        ] as [(String, JSONObject, String)]
    )
    func refusals(definition: String, rest: JSONObject, message: String) async throws {
        var parameters = rest
        parameters["definition"] = .string(definition)
        let answer = try await test(parameters)
        #expect(answer.status == 400)
        #expect(answer.text("__type")?.hasSuffix("ValidationException") == true)
        #expect(answer.text("message") == message)
    }
}
