extension IntegratedServices {
    /// AWS Glue.
    static let glue = IntegratedService(
        type: "glue",
        service: "glue",
        errorPrefix: "Glue",
        generalError: "AWSGlueException",
        clientName: "AWSGlue",
        showsMetadata: true,
        times: ["CompletedOn", "LastModifiedOn", "StartedOn"],
        actions: [
            ServiceAction(
                "StartJobRun",
                [.request, .sync],
                """
                AllocatedCapacity Arguments ExecutionClass ExecutionRoleSessionPolicy JobName
                JobRunId JobRunQueuingEnabled MaxCapacity NotificationProperty NumberOfWorkers
                SecurityConfiguration Timeout WorkerType
                """
            ).with {
                $0.job = JobRules(
                    describe: "GetJobRun",
                    reference: [.parameter("JobName"), .answer("RunId", "JobRunId")],
                    job: "JobRun",
                    status: "JobRunState",
                    succeeded: ["SUCCEEDED"],
                    failed: ["FAILED", "STOPPED", "TIMEOUT", "ERROR", "EXPIRED"],
                    stop: JobRules.Stop(
                        action: "BatchStopJobRun",
                        reference: [.parameter("JobName"), .list("JobRunIds", of: "JobRunId")]
                    )
                )
            }
        ]
    )

    /// AWS Glue DataBrew.
    static let dataBrew = IntegratedService(
        type: "databrew",
        service: "databrew",
        errorPrefix: "DataBrew",
        generalError: "AWSGlueDataBrewException",
        clientName: "AWSGlueDataBrew",
        times: ["CompletedOn", "StartedOn"],
        actions: [
            ServiceAction("StartJobRun", [.request, .sync], "Name").with {
                $0.job = JobRules(
                    describe: "DescribeJobRun",
                    reference: [.parameter("Name"), .answer("RunId")],
                    status: "State",
                    succeeded: ["SUCCEEDED"],
                    failed: ["FAILED", "STOPPED", "TIMEOUT"],
                    stop: JobRules.Stop(
                        action: "StopJobRun",
                        reference: [.parameter("Name"), .answer("RunId")]
                    )
                )
            }
        ]
    )
}
