extension IntegratedServices {
    /// AWS Batch.
    static let batch = IntegratedService(
        type: "batch",
        service: "batch",
        errorPrefix: "Batch",
        generalError: "AWSBatchException",
        clientName: "AWSBatch",
        showsMetadata: true,
        actions: [
            ServiceAction(
                "SubmitJob",
                [.request, .sync],
                """
                ArrayProperties ConsumableResourcePropertiesOverride ContainerOverrides DependsOn
                EcsPropertiesOverride EksPropertiesOverride JobDefinition JobName JobQueue
                NodeOverrides Parameters PropagateTags RetryStrategy SchedulingPriorityOverride
                ShareIdentifier Tags Timeout
                """
            ).with {
                $0.job = JobRules(
                    describe: "DescribeJobs",
                    reference: [.list("Jobs", of: "JobId")],
                    job: "Jobs.0",
                    succeeded: ["SUCCEEDED"],
                    failed: ["FAILED"],
                    stop: JobRules.Stop(
                        action: "TerminateJob",
                        reference: [.answer("JobId"), .reason]
                    )
                )
            }
        ]
    )
}
