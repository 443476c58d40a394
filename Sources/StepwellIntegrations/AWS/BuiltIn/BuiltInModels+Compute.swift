extension BuiltInModels {
    /// Containers, builds and functions.
    static let compute: [String: BuiltInService] = [
        "ecs": BuiltInService(
            serviceID: "ECS",
            wireProtocol: .json,
            endpointPrefix: "ecs",
            targetPrefix: "AmazonEC2ContainerServiceV20141113",
            isLowerCase: true,
            times: [
                "connectivityAt", "createdAt", "executionStoppedAt", "pullStartedAt",
                "pullStoppedAt", "startedAt", "stoppedAt", "stoppingAt", "lastStatusAt",
            ],
            operations: ["RunTask token:clientToken", "DescribeTasks", "StopTask"]
        ),
        "batch": BuiltInService(
            serviceID: "Batch",
            wireProtocol: .restJSON,
            endpointPrefix: "batch",
            isLowerCase: true,
            maps: [
                "annotations", "labels", "limits", "options", "parameters", "requests",
                "statusSummary", "tags",
            ],
            operations: [
                "SubmitJob POST /v1/submitjob", "DescribeJobs POST /v1/describejobs",
                "TerminateJob POST /v1/terminatejob", "CancelJob POST /v1/canceljob",
                "ListJobs POST /v1/listjobs",
            ]
        ),
        "eks": BuiltInService(
            serviceID: "EKS",
            wireProtocol: .restJSON,
            endpointPrefix: "eks",
            isLowerCase: true,
            maps: ["labels", "tags"],
            times: ["createdAt", "modifiedAt"],
            operations: [
                "CreateCluster POST /clusters token:clientRequestToken",
                "DescribeCluster GET /clusters/{name}",
                "DeleteCluster DELETE /clusters/{name}",
                "CreateNodegroup POST /clusters/{clusterName}/node-groups "
                    + "token:clientRequestToken",
                "DescribeNodegroup GET /clusters/{clusterName}/node-groups/{nodegroupName}",
                "DeleteNodegroup DELETE /clusters/{clusterName}/node-groups/{nodegroupName}",
                "CreateFargateProfile POST /clusters/{clusterName}/fargate-profiles "
                    + "token:clientRequestToken",
                "DescribeFargateProfile GET "
                    + "/clusters/{clusterName}/fargate-profiles/{fargateProfileName}",
                "DeleteFargateProfile DELETE "
                    + "/clusters/{clusterName}/fargate-profiles/{fargateProfileName}",
            ]
        ),
        "codebuild": BuiltInService(
            serviceID: "CodeBuild",
            wireProtocol: .json,
            endpointPrefix: "codebuild",
            targetPrefix: "CodeBuild_20161006",
            isLowerCase: true,
            maps: ["statusCounts"],
            times: ["created", "endTime", "expired", "lastModified", "startTime"],
            operations: [
                "StartBuild token:idempotencyToken", "BatchGetBuilds", "StopBuild",
                "BatchDeleteBuilds", "BatchGetReports", "StartBuildBatch token:idempotencyToken",
                "StopBuildBatch", "RetryBuild token:idempotencyToken",
                "RetryBuildBatch token:idempotencyToken", "BatchGetBuildBatches",
                "DeleteBuildBatch",
            ]
        ),
        "lambda": BuiltInService(
            serviceID: "Lambda",
            wireProtocol: .restJSON,
            endpointPrefix: "lambda",
            operations: [
                "Invoke POST /2015-03-31/functions/{FunctionName}/invocations in:InvokeRequest "
                    + "out:InvokeResponse"
            ],
            shapes: [
                "InvokeRequest: FunctionName@uri InvocationType@header=X-Amz-Invocation-Type "
                    + "LogType@header=X-Amz-Log-Type ClientContext@header=X-Amz-Client-Context "
                    + "DurableExecutionName@header=X-Amz-Durable-Execution-Name "
                    + "Qualifier@querystring TenantId@header=X-Amz-Tenant-Id Payload:blob!",
                "InvokeResponse: StatusCode:int@statusCode "
                    + "FunctionError@header=X-Amz-Function-Error "
                    + "LogResult@header=X-Amz-Log-Result "
                    + "ExecutedVersion@header=X-Amz-Executed-Version "
                    + "DurableExecutionArn@header=X-Amz-Durable-Execution-Arn Payload:blob!",
            ]
        ),
    ]
}
