import StepwellEngine
import StepwellJSON
import Testing

@testable import StepwellServer

@Suite("Requests are checked against the service model")
struct RequestValidatorTests {
    private func message(_ operation: String, _ text: String) throws -> String? {
        let shape = try #require(Operation.all[operation]).shape
        guard case .object(let members) = try JSONParser.parse(text) else { return nil }
        var validator = RequestValidator(operation: operation)
        do throws(ServiceError) {
            try validator.check(members, shape)
            return nil
        } catch {
            return error.description
        }
    }

    @Test(
        "Constraints, in AWS's words",
        arguments: [
            (
                "ListStateMachines", #"{"maxResults":1001}"#,
                "Value '1001' at 'maxResults' failed to satisfy constraint: "
                    + "Member must have value less than or equal to 1000"
            ),
            (
                "ListExecutions", #"{"stateMachineArn":"a","statusFilter":"succeeded"}"#,
                "Value 'succeeded' at 'statusFilter' failed to satisfy constraint: Member must "
                    + "satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, "
                    + "FAILED, RUNNING]"
            ),
            (
                "DescribeExecution", "{}",
                "Value null at 'executionArn' failed to satisfy constraint: Member must not be null"
            ),
            (
                "DescribeExecution", #"{"executionArn":null}"#,
                "Value null at 'executionArn' failed to satisfy constraint: Member must not be null"
            ),
            (
                "DescribeActivity", #"{"activityArn":""}"#,
                "Value '' at 'activityArn' failed to satisfy constraint: "
                    + "Member must have length greater than or equal to 1"
            ),
            (
                "StartExecution", #"{"stateMachineArn":"a","traceHeader":"é"}"#,
                "Value 'é' at 'traceHeader' failed to satisfy constraint: "
                    + #"Member must satisfy regular expression pattern: \p{ASCII}*"#
            ),
            (
                "CreateActivity", #"{"name":"a","tags":[{"value":"v"}]}"#,
                "Value null at 'tags.1.member.key' failed to satisfy constraint: "
                    + "Member must not be null"
            ),
        ]
    )
    func constraints(operation: String, text: String, expected: String) throws {
        #expect(
            try message(operation, text)
                == "ValidationException: 1 validation error detected: \(expected)"
        )
    }

    @Test("Several problems are told together")
    func several() throws {
        let text = try message("CreateStateMachine", "{}")
        #expect(text?.hasPrefix("ValidationException: 3 validation errors detected: ") == true)
    }

    @Test("Members that the model does not have are refused, or told where they are")
    func unknown() throws {
        let shape = try #require(Operation.all["CreateActivity"]).shape
        let text = #"{"name":"a","tags":[{"key":"k","x":1}],"y":{},"z":null}"#
        let members = try #require(try JSONParser.parse(text).objectValue)
        var validator = RequestValidator(operation: "CreateActivity")
        #expect(throws: ServiceError.self) { try validator.check(members, shape) }
        validator = RequestValidator(operation: "CreateActivity")
        validator.ignoresUnknown = true
        try validator.check(members, shape)
        #expect(validator.unknown == ["y", "tags.1.member.x"])
    }

    @Test("The value of what may be secret is not repeated")
    func sensitive() throws {
        let long = String(repeating: "s", count: 262_145)
        let text = try message("StartExecution", #"{"stateMachineArn":"a","input":"\#(long)"}"#)
        #expect(
            text == "ValidationException: 1 validation error detected: Value at 'input' failed to "
                + "satisfy constraint: Member must have length less than or equal to 262144"
        )
    }

    @Test("Lengths are counted in UTF-16, and the limits themselves are within")
    func lengths() throws {
        let fits = String(repeating: "😀", count: 40)
        #expect(try message("CreateActivity", #"{"name":"\#(fits)"}"#) == nil)
        #expect(try message("CreateActivity", #"{"name":"\#(fits)x"}"#) != nil)
    }

    @Test(
        "Wrong types are refused at once",
        arguments: [
            ("DescribeExecution", #"{"executionArn":7}"#, "NUMBER_VALUE at 'executionArn'"),
            ("ListActivities", #"{"maxResults":"7"}"#, "STRING_VALUE at 'maxResults'"),
            ("ListActivities", #"{"maxResults":1.5}"#, "1.5 at 'maxResults'"),
            ("ListActivities", #"{"nextToken":["t"]}"#, "START_ARRAY at 'nextToken'"),
            (
                "GetExecutionHistory", #"{"executionArn":"a","reverseOrder":"true"}"#,
                "STRING_VALUE at 'reverseOrder'"
            ),
            ("CreateActivity", #"{"name":"a","tags":{}}"#, "START_OBJECT at 'tags'"),
            ("CreateActivity", #"{"name":"a","tags":["t"]}"#, "STRING_VALUE at 'tags.1.member'"),
        ]
    )
    func types(operation: String, text: String, expected: String) throws {
        let message = try #require(try message(operation, text))
        #expect(message.hasPrefix("SerializationException: \(expected)"))
    }

    @Test(
        "What this server does not have is refused by name",
        arguments: [
            ("DescribeActivity", #"{"activityArn":"a","color":"blue"}"#, "color"),
            (
                "CreateStateMachine",
                #"{"loggingConfiguration":{"level":"OFF","depth":1}}"#,
                "loggingConfiguration.depth"
            ),
        ]
    )
    func unsupported(operation: String, text: String, member: String) throws {
        #expect(
            try message(operation, text)
                == "ValidationException: The member '\(member)' of \(operation) is not supported "
                + "by this server."
        )
    }
}
