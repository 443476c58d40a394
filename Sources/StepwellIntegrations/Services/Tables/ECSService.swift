import StepwellEngine
import StepwellJSON

extension IntegratedServices {
    /// Amazon ECS: a task that cannot be placed fails `.sync` and `.waitForTaskToken`, not the
    /// request (developer guide, "Run Amazon ECS or Fargate tasks").
    static let ecs = IntegratedService(
        type: "ecs",
        service: "ecs",
        errorPrefix: "ECS",
        generalError: "AmazonECSException",
        clientName: "AmazonECS",
        showsMetadata: true,
        times: [
            "ConnectivityAt", "CreatedAt", "ExecutionStoppedAt", "PullStartedAt", "PullStoppedAt",
            "StartedAt", "StoppedAt", "StoppingAt",
        ],
        actions: [
            ServiceAction(
                "RunTask",
                [.request, .sync, .callback],
                """
                CapacityProviderStrategy Cluster EnableECSManagedTags EnableExecuteCommand Group
                LaunchType NetworkConfiguration Overrides PlacementConstraints PlacementStrategy
                PlatformVersion PropagateTags ReferenceId StartedBy Tags TaskDefinition
                VolumeConfigurations
                """
            ).with {
                $0.idempotency = .token("ClientToken")
                $0.request = { given, _ in
                    var request = given
                    if request["StartedBy"] == nil { request["StartedBy"] = "AWS Step Functions" }
                    return request
                }
                $0.answer = { answer, exchange in
                    let failures = answer["Failures"]?.arrayValue ?? []
                    guard exchange.pattern != .request, !failures.isEmpty else { return answer }
                    throw TaskFailure(
                        error: "AmazonECS.Unknown",
                        cause: JSONWriter.string(.object(answer.sortedByKeys))
                    )
                }
                $0.job = ecsTask
            }
        ]
    )

    private static let ecsTask = JobRules(
        describe: "DescribeTasks",
        reference: [
            .answer("Cluster", "Tasks.0.ClusterArn"), .list("Tasks", of: "Tasks.0.TaskArn"),
        ],
        job: "Tasks.0",
        status: "LastStatus",
        succeeded: ["STOPPED"],
        failed: [],
        hasSucceeded: { task in
            // What was stopped from outside, or never began, has no containers that say so.
            let code = task["StopCode"]?.stringValue ?? ""
            let containers = task["Containers"]?.arrayValue ?? []
            return ["", "EssentialContainerExited"].contains(code)
                && containers.allSatisfy { $0["ExitCode"]?.intValue == 0 }
        },
        stop: JobRules.Stop(
            action: "StopTask",
            reference: [
                .answer("Cluster", "Tasks.0.ClusterArn"), .answer("Task", "Tasks.0.TaskArn"),
                .reason,
            ]
        )
    )
}
