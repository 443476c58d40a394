import StepwellIntegrations
import StepwellJSON
import Testing

@Suite("What a task asks for, in the words of IAM")
struct PolicyRequestTests {
    fileprivate static let context = PolicyContext(
        role: "arn:aws:iam::123456789012:role/orders",
        stateMachineARN: "arn:aws:states:eu-west-1:123456789012:stateMachine:m",
        region: "eu-west-1",
        account: "123456789012"
    )

    private func requests(_ resource: String, _ parameters: String) throws -> [PolicyRequest] {
        Self.context.requests(
            resource: resource,
            parameters: try JSONValue(parsing: parameters)
        )
    }

    @Test(
        "Action and resource of each integration",
        arguments: [
            ("local", "{}", []),
            ("arn:aws:states:eu-west-1:123456789012:activity:a", "{}", []),
            (
                "arn:aws:lambda:eu-west-1:1:function:f:live", "{}",
                ["lambda:InvokeFunction arn:aws:lambda:eu-west-1:1:function:f:live"]
            ),
            (
                "arn:aws:states:::lambda:invoke", #"{"FunctionName": "f"}"#,
                ["lambda:InvokeFunction arn:aws:lambda:eu-west-1:123456789012:function:f"]
            ),
            (
                "arn:aws:states:::lambda:invoke.waitForTaskToken",
                #"{"FunctionName": "9:function:f", "Qualifier": "2"}"#,
                ["lambda:InvokeFunction arn:aws:lambda:eu-west-1:9:function:f:2"]
            ),
            (
                "arn:aws:states:::aws-sdk:lambda:invoke",
                #"{"FunctionName": "arn:aws:lambda:a:1:function:f"}"#,
                ["lambda:InvokeFunction arn:aws:lambda:a:1:function:f"]
            ),
            (
                "arn:aws:states:::dynamodb:putItem", #"{"TableName": "t"}"#,
                ["dynamodb:PutItem arn:aws:dynamodb:eu-west-1:123456789012:table/t"]
            ),
            (
                "arn:aws:states:::sqs:sendMessage", #"{"QueueUrl": "http://localhost:1/42/q"}"#,
                ["sqs:SendMessage arn:aws:sqs:eu-west-1:42:q"]
            ),
            (
                "arn:aws:states:::sns:publish", #"{"TopicArn": "arn:aws:sns:x:1:t"}"#,
                ["sns:Publish arn:aws:sns:x:1:t"]
            ),
            ("arn:aws:states:::sns:publish", #"{"PhoneNumber": "+1"}"#, ["sns:Publish *"]),
            (
                "arn:aws:states:::events:putEvents",
                #"{"Entries": [{"Source": "s"}, {"EventBusName": "b"}]}"#,
                [
                    "events:PutEvents arn:aws:events:eu-west-1:123456789012:event-bus/default",
                    "events:PutEvents arn:aws:events:eu-west-1:123456789012:event-bus/b",
                ]
            ),
            (
                "arn:aws:states:::ecs:runTask.sync", #"{"TaskDefinition": "d:3"}"#,
                ["ecs:RunTask arn:aws:ecs:eu-west-1:123456789012:task-definition/d:3"]
            ),
            (
                "arn:aws:states:::batch:submitJob.sync",
                #"{"JobDefinition": "d", "JobQueue": "q"}"#,
                [
                    "batch:SubmitJob arn:aws:batch:eu-west-1:123456789012:job-definition/d",
                    "batch:SubmitJob arn:aws:batch:eu-west-1:123456789012:job-queue/q",
                ]
            ),
            (
                "arn:aws:states:::states:startExecution.sync:2", #"{"StateMachineArn": "arn:m"}"#,
                ["states:StartExecution arn:m"]
            ),
            (
                "arn:aws:states:::aws-sdk:sfn:listStateMachines", "{}",
                ["states:ListStateMachines *"]
            ),
            (
                "arn:aws:states:::aws-sdk:s3:getObject", #"{"Bucket": "b", "Key": "k/l"}"#,
                ["s3:GetObject arn:aws:s3:::b/k/l"]
            ),
            (
                "arn:aws:states:::aws-sdk:s3:listObjectsV2", #"{"Bucket": "b", "Prefix": "p"}"#,
                ["s3:ListBucket arn:aws:s3:::b"]
            ),
            (
                "arn:aws:states:::aws-sdk:s3:copyObject",
                #"{"Bucket": "b", "Key": "k", "CopySource": "/c/a%20b?versionId=1"}"#,
                ["s3:PutObject arn:aws:s3:::b/k", "s3:GetObject arn:aws:s3:::c/a b"]
            ),
            (
                "arn:aws:states:::aws-sdk:s3:deleteObjects",
                #"{"Bucket": "b", "Delete": {"Objects": [{"Key": "k"}, {"Key": "l"}]}}"#,
                ["s3:DeleteObject arn:aws:s3:::b/k", "s3:DeleteObject arn:aws:s3:::b/l"]
            ),
            (
                "arn:aws:states:::aws-sdk:dynamodb:batchWriteItem",
                #"{"RequestItems": {"t": [], "arn:aws:dynamodb:x:1:table/u": []}}"#,
                [
                    "dynamodb:BatchWriteItem arn:aws:dynamodb:eu-west-1:123456789012:table/t",
                    "dynamodb:BatchWriteItem arn:aws:dynamodb:x:1:table/u",
                ]
            ),
            (
                "arn:aws:states:::aws-sdk:dynamodb:transactWriteItems",
                #"""
                {"TransactItems": [{"Put": {"TableName": "t"}},
                  {"ConditionCheck": {"TableName": "u"}}]}
                """#,
                [
                    "dynamodb:PutItem arn:aws:dynamodb:eu-west-1:123456789012:table/t",
                    "dynamodb:ConditionCheckItem "
                        + "arn:aws:dynamodb:eu-west-1:123456789012:table/u",
                ]
            ),
            ("arn:aws:states:::aws-sdk:cloudwatchlogs:putLogEvents", "{}", ["logs:PutLogEvents *"]),
            (
                "arn:aws:states:::elasticmapreduce:createCluster.sync", "{}",
                ["elasticmapreduce:RunJobFlow *"]
            ),
            (
                "arn:aws:states:::glue:startJobRun.sync", #"{"JobName": "j"}"#,
                ["glue:StartJobRun arn:aws:glue:eu-west-1:123456789012:job/j"]
            ),
            (
                "arn:aws:states:::http:invoke",
                #"{"Method": "GET", "InvocationConfig": {"ConnectionArn": "arn:c"}}"#,
                [
                    "states:InvokeHTTPEndpoint \(PolicyRequestTests.context.stateMachineARN)",
                    "events:RetrieveConnectionCredentials arn:c",
                ]
            ),
            (
                "arn:aws:states:::bedrock:invokeModel",
                #"""
                {"ModelId": "arn:m", "Input": {"S3Uri": "s3://b/in"},
                 "Output": {"S3Uri": "s3://b/out"}}
                """#,
                [
                    "bedrock:InvokeModel arn:m", "s3:GetObject arn:aws:s3:::b/in",
                    "s3:PutObject arn:aws:s3:::b/out",
                ]
            ),
            (
                "arn:aws:states:::http:invoke",
                #"{"Method": "GET", "Authentication": {"ConnectionArn": "arn:c"}}"#,
                [
                    "states:InvokeHTTPEndpoint \(PolicyRequestTests.context.stateMachineARN)",
                    "events:RetrieveConnectionCredentials arn:c",
                ]
            ),
            (
                "arn:aws:states:::apigateway:invoke",
                """
                {"ApiEndpoint": "x.execute-api.eu-west-1.amazonaws.com", "Method": "GET",
                 "Stage": "s", "Path": "/p", "AuthType": "IAM_ROLE"}
                """,
                ["execute-api:Invoke arn:aws:execute-api:eu-west-1:123456789012:x/s/GET/p"]
            ),
            (
                "arn:aws:states:::bedrock:invokeModel", #"{"ModelId": "m"}"#,
                ["bedrock:InvokeModel arn:aws:bedrock:eu-west-1::foundation-model/m"]
            ),
        ] as [(String, String, [String])]
    )
    func actions(resource: String, parameters: String, wanted: [String]) throws {
        let found = try requests(resource, parameters).map { "\($0.action) \($0.resource)" }
        #expect(found == wanted)
    }

    @Test("Condition keys are those that are documented for the action")
    func keys() throws {
        let http = try requests(
            "arn:aws:states:::http:invoke",
            #"{"ApiEndpoint": "https://a", "Method": "GET"}"#
        )
        #expect(http[0].context["states:httpendpoint"] == ["https://a"])
        #expect(http[0].context["states:httpmethod"] == ["GET"])
        #expect(http[0].context["aws:principalarn"] == [Self.context.role])
        #expect(http[0].context["aws:principalaccount"] == ["123456789012"])
        let ecs = try requests("arn:aws:states:::ecs:runTask", #"{"Cluster": "c"}"#)
        let cluster = "arn:aws:ecs:eu-west-1:123456789012:cluster/c"
        #expect(ecs[0].context["ecs:cluster"] == [cluster])
        let queue = try requests("arn:aws:states:::sqs:sendMessage", #"{"QueueUrl": "/7/q"}"#)
        #expect(queue[0].context["aws:resourceaccount"] == ["7"])
        #expect(queue[0].context["aws:requestedregion"] == ["eu-west-1"])
        // Every key that requests have can be named in a policy.
        let known = Set(PolicyContext.keys.map { $0.lowercased() })
        for request in http + ecs + queue {
            #expect(Set(request.context.keys).isSubset(of: known))
        }
    }
}
