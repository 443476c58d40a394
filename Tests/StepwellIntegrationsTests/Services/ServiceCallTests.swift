import StepwellEngine
import StepwellHistory
import StepwellIntegrations
import StepwellJSON
import Testing

/// The calls that optimised integrations make, and their results, as AWS has them in its recordings
/// (`services/sqs`, `services/sns`, `services/dynamodb`, `services/events`) and its documentation.
@Suite("Calls of optimised integrations")
struct ServiceCallTests {
    /// A task, the call that it makes, what that is answered with, and the result.
    struct Case: Sendable, CustomTestStringConvertible {
        let resource: String
        let parameters: String
        let call: String
        let sent: String
        let answer: String
        let result: String

        var testDescription: String { resource }
    }

    static let cases = [
        Case(
            resource: "sqs:sendMessage.waitForTaskToken",
            parameters: #"{"QueueUrl": "u", "MessageBody": {"Token": "t"}, "DelaySeconds": null}"#,
            call: "sqs SendMessage",
            sent: #"{"QueueUrl": "u", "MessageBody": "{\"Token\":\"t\"}"}"#,
            answer: #"{"MessageId": "m", "Md5OfMessageBody": "5"}"#,
            result: #"{"MD5OfMessageBody": "5", "MessageId": "m", META}"#
        ),
        Case(
            resource: "sns:publish",
            parameters: #"{"TopicArn": "t", "Message": "plain", "Subject": "s"}"#,
            call: "sns Publish",
            sent: #"{"TopicArn": "t", "Message": "plain", "Subject": "s"}"#,
            answer: #"{"MessageId": "m"}"#,
            result: #"{"MessageId": "m", META}"#
        ),
        Case(
            resource: "dynamodb:getItem",
            parameters: #"{"TableName": "t", "Key": {"id": {"S": "1"}}}"#,
            call: "dynamodb GetItem",
            sent: #"{"TableName": "t", "Key": {"id": {"S": "1"}}}"#,
            answer: #"{"Item": {"id": {"S": "1"}, "n": {"N": "2"}}}"#,
            result: #"{"Item": {"id": {"S": "1"}, "n": {"N": "2"}}, META}"#
        ),
        Case(
            resource: "events:putEvents",
            parameters: #"""
                {"Entries": [{"Detail": {"a": 1}, "DetailType": "d", "Source": "s"},
                  {"Detail": "{}", "DetailType": "d", "Source": "s", "Resources": ["r"]}]}
                """#,
            call: "eventbridge PutEvents",
            sent: #"""
                {"Entries": [{"Detail": "{\"a\":1}", "DetailType": "d", "Source": "s",
                    "Resources": ["EXECUTION", "MACHINE"]},
                  {"Detail": "{}", "DetailType": "d", "Source": "s",
                    "Resources": ["r", "EXECUTION", "MACHINE"]}]}
                """#,
            answer: #"{"FailedEntryCount": 0, "Entries": [{"EventId": "1"}, {"EventId": "2"}]}"#,
            result: #"{"Entries": [{"EventId": "1"}, {"EventId": "2"}], "FailedEntryCount": 0}"#
        ),
        Case(
            resource: "ecs:runTask",
            parameters: #"{"Cluster": "c", "TaskDefinition": "t", "LaunchType": "FARGATE"}"#,
            call: "ecs RunTask",
            sent: #"""
                {"Cluster": "c", "TaskDefinition": "t", "LaunchType": "FARGATE",
                 "StartedBy": "AWS Step Functions", "ClientToken": "UUID"}
                """#,
            answer: #"{"Tasks": [], "Failures": [{"Reason": "RESOURCE:MEMORY"}]}"#,
            result: #"{"Failures": [{"Reason": "RESOURCE:MEMORY"}], "Tasks": [], META}"#
        ),
        Case(
            resource: "elasticmapreduce:addStep",
            parameters: #"{"ClusterId": "j-1", "Step": {"Name": "s"}}"#,
            call: "emr AddJobFlowSteps",
            sent: #"{"JobFlowId": "j-1", "Steps": [{"Name": "s"}]}"#,
            answer: #"{"StepIds": ["s-1"]}"#,
            result: #"{"StepId": "s-1", META}"#
        ),
        Case(
            resource: "elasticmapreduce:setClusterTerminationProtection",
            parameters: #"{"ClusterId": "j-1", "TerminationProtected": true}"#,
            call: "emr SetTerminationProtection",
            sent: #"{"JobFlowIds": ["j-1"], "TerminationProtected": true}"#,
            answer: "{}",
            result: "{META}"
        ),
        Case(
            resource: "elasticmapreduce:cancelStep",
            parameters: #"{"ClusterId": "j-1", "StepId": "s-1"}"#,
            call: "emr CancelSteps",
            sent: #"{"ClusterId": "j-1", "StepIds": ["s-1"]}"#,
            answer: #"{"CancelStepsInfoList": [{"Status": "SUBMITTED"}]}"#,
            result: #"{"CancelStepsInfo": {"Status": "SUBMITTED"}, META}"#
        ),
        Case(
            resource: "emr-serverless:startApplication",
            parameters: #"{"ApplicationId": "a"}"#,
            call: "emrserverless StartApplication",
            sent: #"{"ApplicationId": "a"}"#,
            answer: "{}",
            result: #"{"ApplicationId": "a"}"#
        ),
        Case(
            resource: "codebuild:batchDeleteBuilds",
            parameters: #"{"Ids": ["b"]}"#,
            call: "codebuild BatchDeleteBuilds",
            sent: #"{"Ids": ["b"]}"#,
            answer: #"{"BuildsDeleted": ["b"]}"#,
            result: #"{"BuildsDeleted": ["b"]}"#
        ),
        Case(
            resource: "bedrock:invokeModel",
            parameters: #"{"ModelId": "m", "Body": {"prompt": "p"}}"#,
            call: "bedrockruntime InvokeModel",
            sent: #"""
                {"ModelId": "m", "Body": "{\"prompt\":\"p\"}", "ContentType": "application/json"}
                """#,
            answer: #"{"Body": "{\"text\": \"t\"}", "ContentType": "application/json"}"#,
            result: #"{"Body": {"text": "t"}, "ContentType": "application/json"}"#
        ),
        Case(
            resource: "sagemaker:createModel",
            parameters: #"{"ModelName": "m", "ExecutionRoleArn": "r"}"#,
            call: "sagemaker CreateModel",
            sent: #"{"ModelName": "m", "ExecutionRoleArn": "r"}"#,
            answer: #"{"ModelArn": "a"}"#,
            result: #"{"ModelArn": "a", META}"#
        ),
    ]

    private static let metadata = #"""
        "SdkHttpMetadata": {"AllHttpHeaders": {"Content-Type": ["t"], "X": ["1", "2"]},
          "HttpHeaders": {"Content-Type": "t", "X": "2"}, "HttpStatusCode": 200},
        "SdkResponseMetadata": {"RequestId": "id"}
        """#

    @Test("have AWS's parameters and results", arguments: cases)
    func call(_ each: Case) async throws {
        let aws = FakeAWS { _, _ throws(AWSFault) in
            AWSAnswer(
                output: parsed(each.answer),
                headers: [("Content-Type", "t"), ("X", "1"), ("X", "2")],
                requestID: "id"
            )
        }
        let task = ConnectorTask.of(each.resource, each.parameters, role: "r")
        let result = try await ServiceConnector(aws: aws).result(of: task)
        let call = try #require(aws.calls.first)
        #expect("\(call.service) \(call.action)" == each.call)
        let sent = each.sent.replacing("EXECUTION", with: task.executionARN)
            .replacing("MACHINE", with: task.stateMachineARN)
            .replacing("UUID", with: task.ownUUID)
        #expect(JSONValue.object(call.parameters) == json(sent))
        #expect(call.roleARN == "r")
        #expect(result == json(each.result.replacing("META", with: Self.metadata)))
    }

    @Test("of names in a cluster look their ids up")
    func fleets() async throws {
        let aws = FakeAWS([
            "ListInstanceGroups": [
                #"{"InstanceGroups": [{"Name": "a", "Id": "1"}], "Marker": "m"}"#,
                #"{"InstanceGroups": [{"Name": "b", "Id": "2"}]}"#,
            ],
            "ModifyInstanceGroups": ["{}"],
            "ListInstanceFleets": [#"{"InstanceFleets": [{"Name": "f", "Id": "3"}]}"#],
            "ModifyInstanceFleet": ["{}"],
        ])
        let connector = ServiceConnector(aws: aws)
        _ = try await connector.result(
            of: .of(
                "elasticmapreduce:modifyInstanceGroupByName",
                #"""
                {"ClusterId": "j", "InstanceGroupName": "b",
                 "InstanceGroup": {"InstanceCount": 8}}
                """#
            )
        )
        #expect(
            aws.parameters("ModifyInstanceGroups")
                == json(
                    #"""
                    {"ClusterId": "j",
                     "InstanceGroups": [{"InstanceCount": 8, "InstanceGroupId": "2"}]}
                    """#
                )
        )
        _ = try await connector.result(
            of: .of(
                "elasticmapreduce:modifyInstanceFleetByName",
                #"{"ClusterId": "j", "InstanceFleetName": "f", "InstanceFleet": {}}"#
            )
        )
        #expect(
            aws.parameters("ModifyInstanceFleet")
                == json(#"{"ClusterId": "j", "InstanceFleet": {"InstanceFleetId": "3"}}"#)
        )
        let failure = await connector.failure(
            of: .of(
                "elasticmapreduce:modifyInstanceFleetByName",
                #"{"ClusterId": "j", "InstanceFleetName": "g", "InstanceFleet": {}}"#
            )
        )
        #expect(failure?.error == "EMR.AmazonElasticMapReduceException")
    }

    @Test("of models take their input from S3 and put their output there")
    func model() async throws {
        let aws = FakeAWS([
            "GetObject": [#"{"Body": "in"}"#], "PutObject": ["{}"],
            "InvokeModel": [#"{"Body": "out", "ContentType": "text/plain"}"#],
        ])
        let result = try await ServiceConnector(aws: aws).result(
            of: .of(
                "bedrock:invokeModel",
                #"""
                {"ModelId": "m", "ContentType": "text/plain", "Input": {"S3Uri": "s3://b/in/1"},
                 "Output": {"S3Uri": "s3://b/out/1"}}
                """#
            )
        )
        #expect(result["Body"] == "s3://b/out/1")
        #expect(aws.calls.map(\.service) == ["s3", "bedrockruntime", "s3"])
        #expect(aws.parameters("GetObject") == json(#"{"Bucket": "b", "Key": "in/1"}"#))
        #expect(aws.parameters("InvokeModel")?["Body"] == "in")
        #expect(aws.parameters("PutObject")?["Body"] == "out")
    }

    @Test("are those that AWS has, in the patterns that it has")
    func resources() {
        let connector = ServiceConnector(aws: FakeAWS([:]))
        let served = [
            "dynamodb:putItem", "sqs:sendMessage", "sns:publish.waitForTaskToken",
            "batch:submitJob.sync", "ecs:runTask.waitForTaskToken", "glue:startJobRun.sync",
            "athena:getQueryResults", "codebuild:startBuildBatch.sync", "eks:createCluster.sync",
            "emr-containers:startJobRun.sync", "mediaconvert:createJob.sync",
            "databrew:startJobRun", "bedrock:createModelCustomizationJob.sync",
        ]
        for resource in served {
            #expect(connector.serves("arn:aws:states:::\(resource)"), "\(resource)")
        }
        let refused = [
            "dynamodb:query", "dynamodb:putItem.sync", "sqs:sendMessage.sync", "sns:publish.sync:2",
            "batch:submitJob.waitForTaskToken", "eks:runJob.sync", "eks:call", "lambda:invoke",
            "states:startExecution", "aws-sdk:sqs:sendMessage", "bedrockagentcore:invokeHarness",
        ]
        for resource in refused {
            #expect(!connector.serves("arn:aws:states:::\(resource)"), "\(resource)")
        }
        #expect(!connector.serves("sqs:sendMessage"))
        #expect(connector.serves("arn:aws-cn:states:::sqs:sendMessage"))
    }
}
