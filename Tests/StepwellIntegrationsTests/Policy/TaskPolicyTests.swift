import StepwellEngine
import StepwellHistory
import StepwellIntegrations
import StepwellInterpreter
import StepwellJSON
import Testing

@Suite("A task that a policy does not allow fails as the service would have it")
struct TaskPolicyTests {
    private static let role = "arn:aws:iam::123456789012:role/path/orders"

    private func denial(
        _ resource: String,
        _ parameters: String,
        allowing actions: String,
        credentials: String? = nil
    ) throws -> Failure? {
        let text = """
            {"\(Self.role)": {"Statement": {"Effect": "Allow", "Action": "\(actions)",
              "Resource": "*"}}}
            """
        let policy = TaskPolicy(
            FixedPolicies(try RolePolicies(SettingsDocument(yaml: text))),
            region: "us-east-1",
            account: "123456789012"
        )
        let dispatch = TaskDispatch(
            ordinal: Ordinal(5),
            scheduledEventID: 3,
            stateName: "T",
            retryCount: 0,
            resource: resource,
            parameters: Payload(try JSONValue(parsing: parameters)),
            tokenSecret: nil,
            timeoutInSeconds: nil,
            heartbeatInSeconds: nil,
            credentialsRoleARN: credentials
        )
        var task = ConnectorTask(
            dispatch: dispatch,
            execution: ExecutionNumber(1),
            executionARN: "arn:aws:states:us-east-1:123456789012:execution:m:e",
            stateMachineARN: "arn:aws:states:us-east-1:123456789012:stateMachine:m"
        )
        task.roleARN = Self.role
        return policy.denial(of: task)?.failure
    }

    @Test(
        "By name",
        arguments: [
            ("arn:aws:states:::aws-sdk:dynamodb:putItem", "DynamoDb.DynamoDbException"),
            ("arn:aws:states:::http:invoke", "States.Permissions"),
            ("arn:aws:states:::lambda:invoke", "Lambda.AWSLambdaException"),
            ("arn:aws:lambda:us-east-1:123456789012:function:f", "Lambda.AWSLambdaException"),
            (
                "arn:aws:states:::states:startExecution.sync:2",
                "StepFunctions.AWSStepFunctionsException"
            ),
            ("arn:aws:states:::aws-sdk:sfn:startExecution", "Sfn.SfnException"),
        ]
    )
    func names(resource: String, error: String) throws {
        let failure = try denial(resource, #"{"TableName": "t"}"#, allowing: "sqs:*")
        #expect(failure?.error == error)
        #expect(failure?.cause?.contains("is not authorized to perform: ") == true)
    }

    @Test("With AWS's text")
    func text() throws {
        let resource = "arn:aws:states:::aws-sdk:dynamodb:putItem"
        let failure = try denial(resource, #"{"TableName": "t"}"#, allowing: "sqs:*")
        let cause = try #require(failure?.cause)
        #expect(cause.hasPrefix("User: arn:aws:sts::123456789012:assumed-role/orders/"))
        let wanted =
            " is not authorized to perform: dynamodb:PutItem on resource: "
            + "arn:aws:dynamodb:us-east-1:123456789012:table/t because no identity-based policy "
            + "allows the dynamodb:PutItem action"
        #expect(cause.contains(wanted), "\(cause)")
    }

    @Test("What is allowed has no failure; a Task's own role counts in the place of the machine's")
    func allowed() throws {
        let resource = "arn:aws:states:::aws-sdk:dynamodb:putItem"
        let parameters = #"{"TableName": "t"}"#
        #expect(try denial(resource, parameters, allowing: "dynamodb:Put*") == nil)
        let other = "arn:aws:iam::123456789012:role/other"
        let failure = try denial(
            resource,
            parameters,
            allowing: "dynamodb:Put*",
            credentials: other
        )
        #expect(failure?.cause?.contains("assumed-role/other/") == true)
        #expect(try denial("local", "{}", allowing: "sqs:*") == nil)
    }
}
