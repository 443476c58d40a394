extension BuiltInModels {
    /// Jobs on data and media.
    static let jobs: [String: BuiltInService] = [
        "glue": BuiltInService(
            serviceID: "Glue",
            wireProtocol: .json,
            endpointPrefix: "glue",
            targetPrefix: "AWSGlue",
            times: ["StartedOn", "LastModifiedOn", "CompletedOn"],
            operations: ["StartJobRun", "GetJobRun", "BatchStopJobRun"]
        ),
        "athena": BuiltInService(
            serviceID: "Athena",
            wireProtocol: .json,
            endpointPrefix: "athena",
            targetPrefix: "AmazonAthena",
            times: ["SubmissionDateTime", "CompletionDateTime"],
            operations: [
                "StartQueryExecution token:ClientRequestToken", "GetQueryExecution",
                "GetQueryResults", "StopQueryExecution",
            ]
        ),
        "databrew": BuiltInService(
            serviceID: "DataBrew",
            wireProtocol: .restJSON,
            endpointPrefix: "databrew",
            times: ["StartedOn", "CompletedOn"],
            operations: [
                "StartJobRun POST /jobs/{Name}/startJobRun bare",
                "DescribeJobRun GET /jobs/{Name}/jobRun/{RunId}",
                "StopJobRun POST /jobs/{Name}/jobRun/{RunId}/stopJobRun bare",
            ]
        ),
        "emr": BuiltInService(
            serviceID: "EMR",
            wireProtocol: .json,
            endpointPrefix: "elasticmapreduce",
            targetPrefix: "ElasticMapReduce",
            times: ["CreationDateTime", "ReadyDateTime", "StartDateTime", "EndDateTime"],
            operations: [
                "RunJobFlow", "TerminateJobFlows", "AddJobFlowSteps", "CancelSteps",
                "DescribeCluster", "DescribeStep", "SetTerminationProtection",
                "ModifyInstanceFleet", "ModifyInstanceGroups", "ListInstanceFleets",
                "ListInstanceGroups",
            ]
        ),
        "emrcontainers": BuiltInService(
            serviceID: "EMR containers",
            wireProtocol: .restJSON,
            endpointPrefix: "emr-containers",
            isLowerCase: true,
            maps: ["jobTemplateParameters", "properties", "tags"],
            operations: [
                "StartJobRun POST /virtualclusters/{virtualClusterId}/jobruns token:clientToken",
                "DescribeJobRun GET /virtualclusters/{virtualClusterId}/jobruns/{id}",
                "CancelJobRun DELETE /virtualclusters/{virtualClusterId}/jobruns/{id}",
                "CreateVirtualCluster POST /virtualclusters token:clientToken",
                "DescribeVirtualCluster GET /virtualclusters/{id}",
                "DeleteVirtualCluster DELETE /virtualclusters/{id}",
            ]
        ),
        "emrserverless": BuiltInService(
            serviceID: "EMR Serverless",
            wireProtocol: .restJSON,
            endpointPrefix: "emr-serverless",
            isLowerCase: true,
            maps: [
                "encryptionContext", "initialCapacity", "logTypes", "properties", "tags",
                "workerTypeSpecifications",
            ],
            times: ["createdAt", "updatedAt", "startedAt", "endedAt", "attemptCreatedAt"],
            operations: [
                "CreateApplication POST /applications token:clientToken",
                "StartApplication POST /applications/{applicationId}/start bare",
                "StopApplication POST /applications/{applicationId}/stop bare",
                "DeleteApplication DELETE /applications/{applicationId}",
                "GetApplication GET /applications/{applicationId}",
                "StartJobRun POST /applications/{applicationId}/jobruns token:clientToken",
                "GetJobRun GET /applications/{applicationId}/jobruns/{jobRunId} query:attempt",
                "CancelJobRun DELETE /applications/{applicationId}/jobruns/{jobRunId} "
                    + "query:shutdownGracePeriodInSeconds",
            ]
        ),
        "mediaconvert": BuiltInService(
            serviceID: "MediaConvert",
            wireProtocol: .restJSON,
            endpointPrefix: "mediaconvert",
            isLowerCase: true,
            maps: [
                "audioSelectorGroups", "audioSelectors", "captionSelectors",
                "dynamicAudioSelectors", "tags", "userMetadata",
            ],
            times: ["createdAt", "submitTime", "startTime", "finishTime", "timestamp"],
            operations: [
                "CreateJob POST /2017-08-29/jobs token:clientRequestToken",
                "GetJob GET /2017-08-29/jobs/{id}",
                "CancelJob DELETE /2017-08-29/jobs/{id}",
            ]
        ),
    ]
}
