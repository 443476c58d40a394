extension IntegratedServices {
    /// Amazon EMR on EKS.
    static let emrContainers = IntegratedService(
        type: "emr-containers",
        service: "emrcontainers",
        errorPrefix: "EMRContainers",
        generalError: "AmazonEMRContainersException",
        clientName: "AmazonEMRContainers",
        times: ["CreatedAt", "FinishedAt"],
        actions: [
            ServiceAction(
                "CreateVirtualCluster",
                [.request],
                "ClientToken ContainerProvider Name SecurityConfigurationId Tags"
            ).with { $0.idempotency = .token("ClientToken") },
            ServiceAction("DeleteVirtualCluster", [.request, .sync], "Id").with {
                $0.job = JobRules(
                    describe: "DescribeVirtualCluster",
                    reference: [.parameter("Id")],
                    job: "VirtualCluster",
                    status: "State",
                    succeeded: ["TERMINATED"],
                    failed: ["ARRESTED"],
                    output: .answer,
                    goneCode: "ResourceNotFoundException"
                )
            },
            ServiceAction(
                "StartJobRun",
                [.request, .sync],
                """
                ClientToken ConfigurationOverrides ExecutionRoleArn JobDriver JobTemplateId
                JobTemplateParameters Name ReleaseLabel RetryPolicyConfiguration Tags
                VirtualClusterId
                """
            ).with {
                $0.idempotency = .token("ClientToken")
                $0.job = JobRules(
                    describe: "DescribeJobRun",
                    reference: [.answer("Id"), .parameter("VirtualClusterId")],
                    job: "JobRun",
                    status: "State",
                    succeeded: ["COMPLETED"],
                    failed: ["CANCELLED", "FAILED"],
                    output: .answer,
                    stop: JobRules.Stop(
                        action: "CancelJobRun",
                        reference: [.answer("Id"), .parameter("VirtualClusterId")]
                    )
                )
            },
        ]
    )
}
