import StepwellEngine
import StepwellHistory
import StepwellIntegrations
import StepwellJSON
import Synchronization
import Testing

/// `.sync`: what is submitted, how its end is found out, and how it is stopped.
@Suite("Jobs of optimised integrations")
struct ServiceJobTests {
    /// A job from its submission to its end.
    struct Case: Sendable, CustomTestStringConvertible {
        let resource: String
        let parameters: String
        /// What the submission is answered with, by its action.
        let submit: (action: String, answer: String)
        /// The action that describes the job, the parameters, and the answers one after another.
        let describe: (action: String, parameters: String, answers: [String])
        /// The result of the last of them, if it is success.
        let result: String
        /// The last answer of a job that has failed.
        let failed: String
        /// The call that stops it, if any does.
        let stop: (action: String, parameters: String)?

        var testDescription: String { resource }
    }

    private static let reason = #""Reason": "The execution that waits for it was ended.""#

    static let cases = [
        Case(
            resource: "batch:submitJob.sync",
            parameters: #"{"JobName": "n", "JobQueue": "q", "JobDefinition": "d"}"#,
            submit: ("SubmitJob", #"{"JobId": "1", "JobName": "n"}"#),
            describe: (
                "DescribeJobs", #"{"Jobs": ["1"]}"#,
                [
                    #"{"Jobs": []}"#, #"{"Jobs": [{"JobId": "1", "Status": "RUNNING"}]}"#,
                    #"{"Jobs": [{"JobId": "1", "Status": "SUCCEEDED", "StartedAt": 5}]}"#,
                ]
            ),
            result: #"{"JobId": "1", "StartedAt": 5, "Status": "SUCCEEDED"}"#,
            failed: #"{"Jobs": [{"JobId": "1", "Status": "FAILED", "StatusReason": "r"}]}"#,
            stop: ("TerminateJob", #"{"JobId": "1", \#(reason)}"#)
        ),
        Case(
            resource: "ecs:runTask.sync",
            parameters: #"{"TaskDefinition": "t"}"#,
            submit: (
                "RunTask", #"{"Failures": [], "Tasks": [{"TaskArn": "t1", "ClusterArn": "c1"}]}"#
            ),
            describe: (
                "DescribeTasks", #"{"Cluster": "c1", "Tasks": ["t1"]}"#,
                [
                    #"{"Tasks": [{"LastStatus": "PENDING"}]}"#,
                    #"""
                    {"Tasks": [{"LastStatus": "STOPPED", "StopCode": "EssentialContainerExited",
                      "Containers": [{"ExitCode": 0}], "StoppedAt": "1970-01-01T00:00:01.500Z"}]}
                    """#,
                ]
            ),
            result: #"""
                {"Containers": [{"ExitCode": 0}], "LastStatus": "STOPPED",
                 "StopCode": "EssentialContainerExited", "StoppedAt": 1500}
                """#,
            failed: #"{"Tasks": [{"LastStatus": "STOPPED", "Containers": [{"ExitCode": 1}]}]}"#,
            stop: ("StopTask", #"{"Cluster": "c1", "Task": "t1", \#(reason)}"#)
        ),
        Case(
            resource: "glue:startJobRun.sync",
            parameters: #"{"JobName": "j"}"#,
            submit: ("StartJobRun", #"{"JobRunId": "r"}"#),
            describe: (
                "GetJobRun", #"{"JobName": "j", "RunId": "r"}"#,
                [#"{"JobRun": {"Id": "r", "JobRunState": "SUCCEEDED"}}"#]
            ),
            result: #"{"Id": "r", "JobRunState": "SUCCEEDED"}"#,
            failed: #"{"JobRun": {"Id": "r", "JobRunState": "TIMEOUT"}}"#,
            stop: ("BatchStopJobRun", #"{"JobName": "j", "JobRunIds": ["r"]}"#)
        ),
        Case(
            resource: "databrew:startJobRun.sync",
            parameters: #"{"Name": "j"}"#,
            submit: ("StartJobRun", #"{"RunId": "r"}"#),
            describe: (
                "DescribeJobRun", #"{"Name": "j", "RunId": "r"}"#, [#"{"State": "SUCCEEDED"}"#]
            ),
            result: #"{"State": "SUCCEEDED"}"#,
            failed: #"{"State": "STOPPED"}"#,
            stop: ("StopJobRun", #"{"Name": "j", "RunId": "r"}"#)
        ),
        Case(
            resource: "athena:startQueryExecution.sync",
            parameters: #"{"QueryString": "SELECT 1"}"#,
            submit: ("StartQueryExecution", #"{"QueryExecutionId": "q"}"#),
            describe: (
                "GetQueryExecution", #"{"QueryExecutionId": "q"}"#,
                [
                    #"{"QueryExecution": {"Status": {"State": "QUEUED"}}}"#,
                    #"{"QueryExecution": {"Status": {"State": "SUCCEEDED"}}}"#,
                ]
            ),
            result: #"{"QueryExecution": {"Status": {"State": "SUCCEEDED"}}}"#,
            failed: #"{"QueryExecution": {"Status": {"State": "CANCELLED"}}}"#,
            stop: ("StopQueryExecution", #"{"QueryExecutionId": "q"}"#)
        ),
        Case(
            resource: "codebuild:startBuild.sync",
            parameters: #"{"ProjectName": "p"}"#,
            submit: ("StartBuild", #"{"Build": {"Id": "b"}}"#),
            describe: (
                "BatchGetBuilds", #"{"Ids": ["b"]}"#,
                [#"{"Builds": [{"Arn": "a", "BuildStatus": "SUCCEEDED"}]}"#]
            ),
            result: #"{"Build": {"Arn": "a", "BuildStatus": "SUCCEEDED"}}"#,
            failed: #"{"Builds": [{"BuildStatus": "FAULT"}]}"#,
            stop: ("StopBuild", #"{"Id": "b"}"#)
        ),
        Case(
            resource: "sagemaker:createTrainingJob.sync",
            parameters: #"{"TrainingJobName": "t"}"#,
            submit: ("CreateTrainingJob", #"{"TrainingJobArn": "a"}"#),
            describe: (
                "DescribeTrainingJob", #"{"TrainingJobName": "t"}"#,
                [#"{"TrainingJobName": "t", "TrainingJobStatus": "Completed"}"#]
            ),
            result: #"{"TrainingJobName": "t", "TrainingJobStatus": "Completed"}"#,
            failed: #"{"TrainingJobStatus": "Failed", "FailureReason": "r"}"#,
            stop: ("StopTrainingJob", #"{"TrainingJobName": "t"}"#)
        ),
        Case(
            resource: "elasticmapreduce:addStep.sync",
            parameters: #"{"ClusterId": "j", "Step": {"Name": "s"}}"#,
            submit: ("AddJobFlowSteps", #"{"StepIds": ["s-1"]}"#),
            describe: (
                "DescribeStep", #"{"ClusterId": "j", "StepId": "s-1"}"#,
                [#"{"Step": {"Status": {"State": "COMPLETED"}}}"#]
            ),
            result: #"{"Step": {"Status": {"State": "COMPLETED"}}}"#,
            failed: #"{"Step": {"Status": {"State": "CANCELLED"}}}"#,
            stop: ("CancelSteps", #"{"ClusterId": "j", "StepIds": ["s-1"]}"#)
        ),
        Case(
            resource: "emr-containers:startJobRun.sync",
            parameters: #"{"VirtualClusterId": "v"}"#,
            submit: ("StartJobRun", #"{"Id": "r", "VirtualClusterId": "v"}"#),
            describe: (
                "DescribeJobRun", #"{"Id": "r", "VirtualClusterId": "v"}"#,
                [#"{"JobRun": {"State": "COMPLETED"}}"#]
            ),
            result: #"{"JobRun": {"State": "COMPLETED"}}"#,
            failed: #"{"JobRun": {"State": "FAILED"}}"#,
            stop: ("CancelJobRun", #"{"Id": "r", "VirtualClusterId": "v"}"#)
        ),
        Case(
            resource: "emr-serverless:startJobRun.sync",
            parameters: #"{"ApplicationId": "a"}"#,
            submit: ("StartJobRun", #"{"ApplicationId": "a", "JobRunId": "r"}"#),
            describe: (
                "GetJobRun", #"{"ApplicationId": "a", "JobRunId": "r"}"#,
                [#"{"JobRun": {"State": "SUCCESS"}}"#]
            ),
            result: #"{"JobRun": {"State": "SUCCESS"}}"#,
            failed: #"{"JobRun": {"State": "FAILED"}}"#,
            stop: ("CancelJobRun", #"{"ApplicationId": "a", "JobRunId": "r"}"#)
        ),
        Case(
            resource: "eks:createCluster.sync",
            parameters: #"{"Name": "c"}"#,
            submit: ("CreateCluster", #"{"Cluster": {"Status": "CREATING"}}"#),
            describe: (
                "DescribeCluster", #"{"Name": "c"}"#, [#"{"Cluster": {"Status": "ACTIVE"}}"#]
            ),
            result: #"{"Cluster": {"Status": "ACTIVE"}}"#,
            failed: #"{"Cluster": {"Status": "FAILED"}}"#,
            stop: nil
        ),
        Case(
            resource: "bedrock:createModelCustomizationJob.sync",
            parameters: #"{"JobName": "j"}"#,
            submit: ("CreateModelCustomizationJob", #"{"JobArn": "a"}"#),
            describe: (
                "GetModelCustomizationJob", #"{"JobIdentifier": "a"}"#,
                [#"{"Status": "Completed"}"#]
            ),
            result: #"{"Status": "Completed"}"#,
            failed: #"{"Status": "Stopped"}"#,
            stop: ("StopModelCustomizationJob", #"{"JobIdentifier": "a"}"#)
        ),
        Case(
            resource: "mediaconvert:createJob.sync",
            parameters: #"{"Role": "r", "Settings": {}}"#,
            submit: ("CreateJob", #"{"Job": {"Id": "j"}}"#),
            describe: ("GetJob", #"{"Id": "j"}"#, [#"{"Job": {"Status": "COMPLETE"}}"#]),
            result: #"{"Job": {"Status": "COMPLETE"}}"#,
            failed: #"{"Job": {"Status": "ERROR"}}"#,
            stop: ("CancelJob", #"{"Id": "j"}"#)
        ),
    ]

    private func connector(_ aws: FakeAWS) -> ServiceConnector {
        ServiceConnector(aws: aws, logger: .silent, rest: { _ in try Task.checkCancellation() })
    }

    @Test("end with their success", arguments: cases)
    func success(_ each: Case) async throws {
        let aws = FakeAWS([
            each.submit.action: [each.submit.answer], each.describe.action: each.describe.answers,
        ])
        let connector = connector(aws)
        let task = ConnectorTask.of(each.resource, each.parameters)
        guard case .submittedThen(let submitted, let finish) = try await connector.run(task) else {
            Issue.record("not submitted")
            return
        }
        let result = try await finish().value()
        #expect(result == json(each.result))
        #expect(aws.parameters(each.describe.action) == json(each.describe.parameters))
        #expect(
            aws.actions
                == [each.submit.action]
                + each.describe.answers.map { _ in each.describe.action }
        )
        // After a restart it goes on with the job that it has.
        var again = task
        again.isRedelivery = true
        again.isSubmitted = true
        again.submitted = submitted
        #expect(connector.resumes(again))
        let count = aws.actions.count
        #expect(try await connector.result(of: again) == json(each.result))
        #expect(aws.actions.dropFirst(count) == [each.describe.action])
    }

    @Test("fail with the description of their failure", arguments: cases)
    func failure(_ each: Case) async throws {
        let aws = FakeAWS([
            each.submit.action: [each.submit.answer], each.describe.action: [each.failed],
        ])
        let failure = await connector(aws).failure(of: .of(each.resource, each.parameters))
        #expect(failure?.error == "States.TaskFailed")
        let cause = try #require(failure?.cause)
        #expect(each.failed.contains(cause.prefix(8)) || json(cause).objectValue != nil)
    }

    @Test("are stopped when they are given up", arguments: cases)
    func stopped(_ each: Case) async throws {
        let aws = FakeAWS { call, _ throws(AWSFault) in
            AWSAnswer(output: call.action == each.submit.action ? parsed(each.submit.answer) : [:])
        }
        let connector = connector(aws)
        var task = ConnectorTask.of(each.resource, each.parameters)
        guard case .submittedThen(let submitted, _) = try await connector.run(task) else { return }
        task.isSubmitted = true
        task.submitted = submitted
        try await connector.stop(task)
        guard let stop = each.stop else {
            #expect(aws.actions == [each.submit.action])
            return
        }
        #expect(aws.actions == [each.submit.action, stop.action])
        #expect(aws.parameters(stop.action) == json(stop.parameters))
    }

    @Test("that AWS calls ended by their absence end so")
    func deletion() async throws {
        let gone = ServiceFault(code: "ResourceNotFoundException", message: "m", status: 404)
        let aws = FakeAWS { call, count throws(AWSFault) in
            if call.action == "DeleteCluster" || count < 2 {
                return AWSAnswer(output: parsed(#"{"Cluster": {"Status": "DELETING"}}"#))
            }
            throw .service(gone)
        }
        let result = try await connector(aws)
            .result(of: .of("eks:deleteCluster.sync", #"{"Name": "c"}"#))
        #expect(result == json(#"{"Cluster": {"Status": "DELETING"}}"#))
        #expect(aws.actions.count == 4)
    }

    @Test("of clusters tell the cluster's id with what it is")
    func cluster() async throws {
        let aws = FakeAWS([
            "RunJobFlow": [#"{"JobFlowId": "j", "ClusterArn": "a"}"#],
            "DescribeCluster": [
                #"{"Cluster": {"Status": {"State": "STARTING"}}}"#,
                #"{"Cluster": {"Id": "j", "Status": {"State": "WAITING"}}}"#,
            ],
        ])
        let result = try await connector(aws)
            .result(of: .of("elasticmapreduce:createCluster.sync", #"{"Name": "n"}"#))
        #expect(result["ClusterId"] == "j")
        #expect(result["Cluster"]?["Id"] == "j")
    }

    @Test("are looked at again when a look fails, and given up when none finds them")
    func looks() async throws {
        let throttled = ServiceFault(code: "ThrottlingException", message: "m", status: 400)
        let aws = FakeAWS { call, count throws(AWSFault) in
            guard call.action == "GetJobRun" else {
                return AWSAnswer(output: parsed(#"{"JobRunId": "r"}"#))
            }
            if count % 2 == 0, count < 40 {
                throw count % 4 == 0
                    ? .service(throttled) : .unreachable(endpoint: "e", .timeout)
            }
            return AWSAnswer(
                output: parsed(
                    #"{"JobRun": {"JobRunState": "\#(count < 41 ? "RUNNING" : "SUCCEEDED")"}}"#
                )
            )
        }
        let task = ConnectorTask.of("glue:startJobRun.sync", #"{"JobName": "j"}"#)
        #expect(try await connector(aws).result(of: task)["JobRunState"] == "SUCCEEDED")

        let denied = ServiceFault(code: "AccessDeniedException", message: "m", status: 400)
        let refusing = FakeAWS { call, _ throws(AWSFault) in
            guard call.action == "GetJobRun" else {
                return AWSAnswer(output: parsed(#"{"JobRunId": "r"}"#))
            }
            throw .service(denied)
        }
        let failure = await connector(refusing).failure(of: task)
        #expect(failure?.error == "Glue.AWSGlueException")
        #expect(refusing.actions.count > 11)
    }

    @Test("rest longer the longer they take, up to ten seconds")
    func rests() async throws {
        let rests = Mutex<[Duration]>([])
        let aws = FakeAWS { call, count throws(AWSFault) in
            guard call.action == "GetJobRun" else {
                return AWSAnswer(output: parsed(#"{"JobRunId": "r"}"#))
            }
            let state = count < 60 ? "RUNNING" : "SUCCEEDED"
            return AWSAnswer(output: parsed(#"{"JobRun": {"JobRunState": "\#(state)"}}"#))
        }
        let connector = ServiceConnector(
            aws: aws,
            rest: { rest in rests.withLock { $0.append(rest) } }
        )
        _ = try await connector.result(of: .of("glue:startJobRun.sync", #"{"JobName": "j"}"#))
        let taken = rests.withLock { $0 }
        #expect(taken.first == .milliseconds(50))
        #expect(taken.last == .seconds(10))
        #expect(zip(taken, taken.dropFirst()).allSatisfy { $0 <= $1 })
    }
}
