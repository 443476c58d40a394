import StepwellJSON
import Testing

@testable import StepwellServer

@Suite("Requests as the audit log shows them")
struct AuditViewTests {
    private func shown(_ operation: String, _ text: String) throws -> String {
        let shape = try #require(Operation.all[operation]?.shape)
        let value = try JSONParser.parse(Array(text.utf8))
        let members = try #require(value.objectValue)
        return JSONWriter.string(.object(AuditView.members(members, shape)))
    }

    @Test("What is sensitive in AWS's model is a length, at any depth")
    func sensitive() throws {
        let stop = #"{"executionArn":"e","error":"E","cause":"why"}"#
        #expect(
            try shown("StopExecution", stop)
                == #"{"executionArn":"e","error":"(1 bytes)","cause":"(3 bytes)"}"#
        )
        let tag = #"{"resourceArn":"r","tags":[{"key":"k","value":"v"}]}"#
        #expect(try shown("TagResource", tag) == tag)
    }

    @Test("Members that are not in the model, or of another type, are not shown as they are")
    func strange() throws {
        let text = #"{"executionArn":{"secret":1},"secret":"x","cause":null}"#
        #expect(
            try shown("StopExecution", text) == #"{"executionArn":"(of another type)"}"#
        )
    }
}
