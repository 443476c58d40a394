import StepwellJSON
import Testing

@testable import StepwellServer

@Suite("ValidateStateMachineDefinition")
struct ValidateDefinitionTests {
    private func validate(_ parameters: JSONValue) async throws -> RouterHarness.Answer {
        var answer: RouterHarness.Answer?
        try await RouterHarness.run { router in
            let operation = "ValidateStateMachineDefinition"
            answer = try await RouterHarness.call(router, operation, parameters)
        }
        return try #require(answer)
    }

    private static let noStates = #"{"Comment":"empty"}"#
    private static let warned = #"""
        {"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"a":"$.b"},"End":true}}}
        """#

    @Test("A sound definition is OK, without diagnostics")
    func sound() async throws {
        let definition = #"{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}"#
        let answer = try await validate(["definition": .string(definition)])
        #expect(answer.status == 200)
        #expect(
            JSONValue.object(answer.members)
                == ["result": "OK", "diagnostics": [], "truncated": false]
        )
    }

    @Test("An error names its severity, code, message and place")
    func error() async throws {
        let answer = try await validate(["definition": .string(Self.noStates)])
        #expect(answer.text("result") == "FAIL")
        let expected: JSONValue = [
            "severity": "ERROR", "code": "SCHEMA_VALIDATION_FAILED",
            "message": "These fields are required: [States, StartAt]", "location": "/",
        ]
        #expect(answer.members["diagnostics"] == [expected])
    }

    @Test("Warnings are given when they are asked for and leave the result OK")
    func warnings() async throws {
        let quiet = try await validate(["definition": .string(Self.warned)])
        #expect(quiet.members["diagnostics"] == [])
        let loud = try await validate(
            ["definition": .string(Self.warned), "severity": "WARNING"]
        )
        #expect(loud.text("result") == "OK")
        let found = try #require(loud.members["diagnostics"]?.arrayValue)
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { $0.objectValue?["severity"] == "WARNING" })
    }

    @Test("More problems than asked for are cut off, which truncated tells")
    func truncated() async throws {
        let states = (0..<5).map { #""S\#($0)":{"Type":"Nothing"}"# }.joined(separator: ",")
        let definition = #"{"StartAt":"S0","States":{\#(states)}}"#
        let answer = try await validate(["definition": .string(definition), "maxResults": 2])
        #expect(answer.members["diagnostics"]?.arrayValue?.count == 2)
        #expect(answer.members["truncated"] == true)
        let all = try await validate(["definition": .string(definition), "maxResults": 0])
        #expect(all.members["truncated"] == false)
    }

    @Test("The type of the machine decides what its integrations may be")
    func express() async throws {
        let definition = #"""
            {"StartAt":"A","States":{"A":{"Type":"Task","End":true,
             "Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
             "Parameters":{"QueueUrl":"q","MessageBody":{"T.$":"$$.Task.Token"}}}}}
            """#
        let standard = try await validate(["definition": .string(definition)])
        #expect(standard.text("result") == "OK")
        let express = try await validate(["definition": .string(definition), "type": "EXPRESS"])
        #expect(express.text("result") == "FAIL")
    }

    @Test("maxResults above 100 is refused in the words of AWS's front end")
    func maxResults() async throws {
        let answer = try await validate(["definition": "{}", "maxResults": 101])
        #expect(answer.status == 400)
        let message = try #require(answer.text("message"))
        #expect(message.hasPrefix("1 validation error detected: Value '101' at 'maxResults'"))
    }
}
