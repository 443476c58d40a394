import StepwellEngine
import StepwellHistory
import StepwellIntegrations
import StepwellJSON
import Testing

/// Errors as AWS's recordings name them (`error_handling`, `services/sns`, `services/events`).
@Suite("Failures of optimised integrations")
struct ServiceFailureTests {
    private func failure(
        _ fault: AWSFault,
        _ resource: String = "dynamodb:putItem",
        _ parameters: String = "{}",
        role: String? = nil
    ) async -> Failure? {
        let aws = FakeAWS { _, _ throws(AWSFault) in throw fault }
        return await ServiceConnector(aws: aws)
            .failure(of: .of(resource, parameters, role: role))
    }

    private func service(
        _ code: String,
        _ message: String,
        shape: String?,
        status: Int = 400
    ) -> AWSFault {
        var fault = ServiceFault(code: code, message: message, status: status, requestID: "id")
        fault.shape = shape
        return .service(fault)
    }

    @Test("of a service are named after the SDK for Java")
    func names() async {
        let missing = await failure(
            service(
                "ResourceNotFoundException",
                "Requested resource not found",
                shape: "ResourceNotFoundException"
            )
        )
        #expect(missing?.error == "DynamoDB.ResourceNotFoundException")
        #expect(
            missing?.cause == "Requested resource not found (Service: AmazonDynamoDBv2; "
                + "Status Code: 400; Error Code: ResourceNotFoundException; Request ID: id; "
                + "Proxy: null)"
        )
        let invalid = await failure(service("ValidationException", "m", shape: nil))
        #expect(invalid?.error == "DynamoDB.AmazonDynamoDBException")
        let named: [(String, String, String)] = [
            ("InvalidParameterException", "sns:publish", "SNS.InvalidParameterException"),
            (
                "QueueDoesNotExist", "sqs:sendMessage",
                "SQS.QueueDoesNotExistException"
            ),
            (
                "ResourceLimitExceeded", "sagemaker:createModel",
                "SageMaker.ResourceLimitExceededException"
            ),
            (
                "ConcurrentRunsExceededException", "glue:startJobRun",
                "Glue.ConcurrentRunsExceededException"
            ),
        ]
        for (shape, resource, error) in named {
            let failure = await failure(service("Code", "m", shape: shape), resource)
            #expect(failure?.error == error)
        }
        let general: [(String, String)] = [
            ("sqs:sendMessage", "SQS.AmazonSQSException"),
            ("batch:submitJob", "Batch.AWSBatchException"),
            ("ecs:runTask", "ECS.AmazonECSException"),
            ("glue:startJobRun", "Glue.AWSGlueException"),
            ("athena:startQueryExecution", "Athena.AmazonAthenaException"),
            ("codebuild:startBuild", "CodeBuild.AWSCodeBuildException"),
            ("sagemaker:createModel", "SageMaker.AmazonSageMakerException"),
        ]
        for (resource, error) in general {
            let failure = await failure(service("Other", "m", shape: nil), resource)
            #expect(failure?.error == error)
        }
    }

    @Test("of calls that a service never answered say why")
    func unanswered() async {
        let unreachable = await failure(
            .unreachable(endpoint: "http://h", .connection("refused")),
            "sqs:sendMessage"
        )
        #expect(unreachable?.error == "SQS.SdkClientException")
        #expect(unreachable?.cause?.contains("http://h") == true)
        let large = await failure(.unreachable(endpoint: "h", .tooLarge(limit: 5)))
        #expect(large?.error == "States.DataLimitExceeded")
        #expect(await failure(.credentials("none"))?.error == "DynamoDB.SdkClientException")
        #expect(await failure(.credentials("none"), role: "r")?.error == "States.Permissions")
        #expect(await failure(.forbidden("rule"))?.error == "States.Permissions")
        #expect(await failure(.unserved("none"))?.error == "Stepwell.NoHandler")
        #expect(await failure(.unknownAction("x"))?.error == "Stepwell.NoHandler")
        #expect(await failure(.parameters("x"))?.error == "DynamoDB.AmazonDynamoDBException")
    }

    @Test("of parameters that no such action takes name them")
    func parameters() async {
        let aws = FakeAWS([:])
        let connector = ServiceConnector(aws: aws)
        let unknown = await connector.failure(of: .of("sqs:sendMessage", #"{"Body": "b"}"#))
        #expect(unknown?.error == "States.Runtime")
        #expect(unknown?.cause == "The field 'Body' is not supported by Step Functions")
        let text = await connector.failure(of: .of("sqs:sendMessage", #""b""#))
        #expect(text?.error == "States.Runtime")
        let place = await connector.failure(
            of: .of("bedrock:invokeModel", #"{"ModelId": "m", "Input": {"S3Uri": "b/k"}}"#)
        )
        #expect(place?.error == "States.Runtime")
        #expect(aws.calls.isEmpty)
    }

    @Test("of single events and of tasks without a place fail the task")
    func partial() async {
        let events = FakeAWS([
            "PutEvents": [
                #"{"FailedEntryCount": 1, "Entries": [{"ErrorCode": "MalformedDetail"}]}"#
            ]
        ])
        let event = await ServiceConnector(aws: events)
            .failure(of: .of("events:putEvents", #"{"Entries": [{"Detail": "\"x\""}]}"#))
        #expect(event?.error == "EventBridge.FailedEntry")
        #expect(
            event?.cause
                == #"{"Entries":[{"ErrorCode":"MalformedDetail"}],"FailedEntryCount":1}"#
        )
        let tasks = FakeAWS([
            "RunTask": [#"{"Tasks": [], "Failures": [{"Reason": "RESOURCE:MEMORY"}]}"#]
        ])
        for pattern in [".sync", ".waitForTaskToken"] {
            let task = await ServiceConnector(aws: tasks)
                .failure(of: .of("ecs:runTask\(pattern)", "{}"))
            #expect(task?.error == "AmazonECS.Unknown")
            #expect(task?.cause?.contains("RESOURCE:MEMORY") == true)
        }
    }

    @Test("of a service are told without a call")
    func told() {
        var fault = ServiceFault(code: "AccessDeniedException", message: "no", status: 400)
        fault.requestID = "id"
        func error(_ resource: String) -> String? {
            IntegratedService.failure(
                fault,
                resource: "arn:aws:states:::\(resource)",
                requestID: "id"
            )?.failure.error
        }
        #expect(error("dynamodb:putItem") == "DynamoDB.AmazonDynamoDBException")
        #expect(error("apigateway:invoke") == "ApiGateway.400")
        #expect(error("http:invoke") == "States.Permissions")
        #expect(error("aws-sdk:sqs:sendMessage") == nil)
    }
}
