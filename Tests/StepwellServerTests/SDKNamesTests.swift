import StepwellEngine
import StepwellJSON
import Testing

@testable import StepwellServer

@Suite("Requests and responses as AWS's SDK integrations write them")
struct SDKNamesTests {
    private func object(_ text: String) throws -> JSONObject {
        try #require(try JSONParser.parse(Array(text.utf8)).objectValue)
    }

    @Test("Members in PascalCase, at any depth; objects where a string is wanted become text")
    func requests() throws {
        let shape = try #require(Operation.all["CreateStateMachine"]?.shape)
        let parameters = try object(
            #"""
            {"Name":"m","Definition":{"StartAt":"A"},"Tags":[{"Key":"k","Value":"v"}],
             "LoggingConfiguration":{"Level":"OFF"},"Publish":true,"Unknown":1}
            """#
        )
        let request = try SDKNames.request(parameters, shape)
        let expected =
            #"{"name":"m","definition":"{\"StartAt\":\"A\"}","tags":[{"key":"k","value":"v"}],"#
            + #""loggingConfiguration":{"level":"OFF"},"publish":true,"unknown":1}"#
        #expect(JSONWriter.string(.object(request)) == expected)
    }

    @Test(
        "Members in another case are refused, at any depth",
        arguments: [
            #"{"name":"m"}"#, #"{"Tags":[{"key":"k"}]}"#,
            #"{"LoggingConfiguration":{"level":"OFF"}}"#,
        ]
    )
    func otherCase(_ parameters: String) throws {
        let shape = try #require(Operation.all["CreateStateMachine"]?.shape)
        let given = try object(parameters)
        let error = #expect(throws: ServiceError.self) { try SDKNames.request(given, shape) }
        #expect(error?.code == "ValidationException")
    }

    @Test("Dates are ISO 8601, the names of variables stay")
    func responses() throws {
        let text = #"""
            {"executions":[{"startDate":1767225600.123,"status":"RUNNING"}],"stopDate":1767225600,
             "variableReferences":{"stateName":["aB"]},"maxConcurrency":1}
            """#
        let response = SDKNames.response(.object(try object(text)))
        let expected =
            #"{"Executions":[{"StartDate":"2026-01-01T00:00:00.123Z","Status":"RUNNING"}],"#
            + #""StopDate":"2026-01-01T00:00:00Z","VariableReferences":{"stateName":["aB"]},"#
            + #""MaxConcurrency":1}"#
        #expect(JSONWriter.string(response) == expected)
    }
}
