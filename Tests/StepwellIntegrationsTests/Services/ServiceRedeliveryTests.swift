import StepwellEngine
import StepwellHistory
import StepwellIntegrations
import StepwellJSON
import Testing

/// What an earlier delivery may have done, and jobs that are given up before they are recorded.
@Suite("Jobs of which the log does not know all")
struct ServiceRedeliveryTests {
    private func connector(_ aws: FakeAWS) -> ServiceConnector {
        ServiceConnector(aws: aws, logger: .silent, rest: { _ in try Task.checkCancellation() })
    }

    @Test("that an earlier delivery has ended are not asked for in vain")
    func deletedBefore() async throws {
        let gone = ServiceFault(code: "ResourceNotFoundException", message: "m", status: 404)
        let nowhere = FakeAWS { _, _ throws(AWSFault) in throw .service(gone) }
        let delete = (resource: "eks:deleteCluster.sync", parameters: #"{"Name": "c"}"#)
        let fresh = await connector(nowhere).failure(of: .of(delete.resource, delete.parameters))
        #expect(fresh?.error == "EKS.AmazonEKSException")
        let again = ConnectorTask.of(delete.resource, delete.parameters, isRedelivery: true)
        #expect(try await connector(nowhere).result(of: again) == [:])
        let busy = ServiceFault(code: "ConflictException", message: "m", status: 409)
        for (state, isDone) in [("STOPPED", true), ("STARTED", false)] {
            let aws = FakeAWS { call, _ throws(AWSFault) in
                guard call.action == "GetApplication" else { throw .service(busy) }
                return AWSAnswer(output: parsed(#"{"Application": {"State": "\#(state)"}}"#))
            }
            let stop = ConnectorTask.of(
                "emr-serverless:stopApplication.sync",
                #"{"ApplicationId": "a"}"#,
                isRedelivery: true
            )
            let failure = await connector(aws).failure(of: stop)
            #expect((failure == nil) == isDone)
        }
    }

    @Test("whose submission nobody recorded are found by their token, and stopped")
    func unrecorded() async throws {
        let aws = FakeAWS([
            "StartQueryExecution": [#"{"QueryExecutionId": "q"}"#], "StopQueryExecution": ["{}"],
        ])
        let query = #"{"QueryString": "SELECT 1"}"#
        let resource = "athena:startQueryExecution.sync"
        // No life has begun anything.
        try await connector(aws).stop(.of(resource, query))
        #expect(aws.actions == [])
        let task = ConnectorTask.of(resource, query, isRedelivery: true)
        try await connector(aws).stop(task)
        #expect(aws.actions == ["StartQueryExecution", "StopQueryExecution"])
        #expect(aws.calls[0].parameters["ClientRequestToken"] == .string(task.ownUUID))
        #expect(aws.parameters("StopQueryExecution") == json(#"{"QueryExecutionId": "q"}"#))
        // Nothing tells which job of a service without tokens it would be.
        let blind = FakeAWS([:])
        try await connector(blind)
            .stop(.of("glue:startJobRun.sync", #"{"JobName": "j"}"#, isRedelivery: true))
        #expect(blind.actions == [])
    }

    @Test("that are being submitted are stopped when that is answered")
    func inFlight() async throws {
        let (answers, answer) = AsyncStream.makeStream(of: Void.self)
        let aws = FakeAWS { call, _ throws(AWSFault) in
            guard call.action == "StartJobRun" else { return AWSAnswer(output: [:]) }
            for await _ in answers { break }
            return AWSAnswer(output: parsed(#"{"JobRunId": "r"}"#))
        }
        let connector = connector(aws)
        let task = ConnectorTask.of("glue:startJobRun.sync", #"{"JobName": "j"}"#)
        let running = Task { try await connector.run(task) }
        while aws.actions.isEmpty { await Task.yield() }
        running.cancel()
        await #expect(throws: TaskFailure.self) { try await connector.stop(task) }
        answer.yield()
        await #expect(throws: CancellationError.self) { try await running.value }
        try await connector.stop(task)
        #expect(aws.actions == ["StartJobRun", "BatchStopJobRun"])
        #expect(
            aws.parameters("BatchStopJobRun") == json(#"{"JobName": "j", "JobRunIds": ["r"]}"#)
        )
    }

    @Test("of an earlier delivery are found by their token or name")
    func redelivery() async throws {
        let aws = FakeAWS { call, _ throws(AWSFault) in
            switch call.action {
            case "RunTask": return AWSAnswer(output: parsed(#"{"Tasks": [{"TaskArn": "t"}]}"#))
            case "DescribeTrainingJob":
                return AWSAnswer(
                    output: parsed(#"{"TrainingJobArn": "a", "TrainingJobStatus": "InProgress"}"#)
                )
            default:
                throw .service(ServiceFault(code: "ResourceInUse", message: "m", status: 400))
            }
        }
        let connector = connector(aws)
        let first = ConnectorTask.of("ecs:runTask", "{}")
        _ = try await connector.run(first)
        _ = try await connector.run(.of("ecs:runTask", "{}", isRedelivery: true))
        let tokens = aws.calls.map { $0.parameters["ClientToken"] }
        #expect(tokens == [.string(first.ownUUID), .string(first.ownUUID)])
        let job = #"{"TrainingJobName": "t"}"#
        let resource = "sagemaker:createTrainingJob"
        let fresh = await connector.failure(of: .of(resource, job))
        #expect(fresh?.error == "SageMaker.AmazonSageMakerException")
        let again = try await connector.result(of: .of(resource, job, isRedelivery: true))
        #expect(again["TrainingJobArn"] == "a")
        #expect(again["TrainingJobStatus"] == nil)
    }
}
