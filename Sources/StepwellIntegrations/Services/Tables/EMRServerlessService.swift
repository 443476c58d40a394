import StepwellJSON

extension IntegratedServices {
    /// Amazon EMR Serverless (developer guide, "Create and manage Amazon EMR Serverless
    /// applications").
    static let emrServerless = IntegratedService(
        type: "emr-serverless",
        service: "emrserverless",
        errorPrefix: "EMRServerless",
        generalError: "AWSEMRServerlessException",
        clientName: "AWSEMRServerless",
        times: ["CreatedAt", "EndedAt", "StartedAt", "UpdatedAt"],
        actions: [
            ServiceAction(
                "CreateApplication",
                [.request, .sync],
                """
                Architecture AutoStartConfiguration AutoStopConfiguration ClientToken
                DiskEncryptionConfiguration IdentityCenterConfiguration ImageConfiguration
                InitialCapacity InteractiveConfiguration JobLevelCostAllocationConfiguration
                MaximumCapacity MonitoringConfiguration Name NetworkConfiguration ReleaseLabel
                RuntimeConfiguration SchedulerConfiguration Tags Type WorkerTypeSpecifications
                """
            ).with {
                $0.idempotency = .token("ClientToken")
                $0.job = application(.answer("ApplicationId"), "CREATED", "STARTED")
            },
            change("StartApplication", "STARTED"),
            change("StopApplication", "STOPPED"),
            change("DeleteApplication", "TERMINATED"),
            ServiceAction(
                "StartJobRun",
                [.request, .sync],
                """
                ApplicationId ClientToken ConfigurationOverrides ExecutionIamPolicy ExecutionRoleArn
                ExecutionTimeoutMinutes JobDriver Mode Name RetryPolicy Tags
                """
            ).with {
                $0.idempotency = .token("ClientToken")
                $0.job = jobRun(.answer("JobRunId"), ["SUCCESS"], ["CANCELLED", "FAILED"]).with {
                    $0.stop = JobRules.Stop(
                        action: "CancelJobRun",
                        reference: [.parameter("ApplicationId"), .answer("JobRunId")]
                    )
                }
            },
            ServiceAction(
                "CancelJobRun",
                [.request, .sync],
                "ApplicationId JobRunId ShutdownGracePeriodInSeconds"
            ).with {
                $0.job = jobRun(.parameter("JobRunId"), ["CANCELLED"], ["FAILED", "SUCCESS"])
            },
        ]
    )

    /// A change of an application, which is answered with its id.
    private static func change(_ action: String, _ state: String) -> ServiceAction {
        ServiceAction(action, [.request, .sync], "ApplicationId").with {
            $0.answer = { answer, exchange in
                var answer = answer
                answer["ApplicationId"] = exchange.parameters["ApplicationId"]
                return answer
            }
            $0.job = application(.parameter("ApplicationId"), state)
        }
    }

    private static func application(
        _ id: JobRules.Reference,
        _ states: String...
    ) -> JobRules {
        JobRules(
            describe: "GetApplication",
            reference: [id],
            job: "Application",
            status: "State",
            succeeded: Set(states),
            failed: Set(["TERMINATED"]).subtracting(states),
            output: .answer,
            goneCode: states.contains("TERMINATED") ? "ResourceNotFoundException" : nil
        )
    }

    private static func jobRun(
        _ id: JobRules.Reference,
        _ succeeded: Set<String>,
        _ failed: Set<String>
    ) -> JobRules {
        JobRules(
            describe: "GetJobRun",
            reference: [.parameter("ApplicationId"), id],
            job: "JobRun",
            status: "State",
            succeeded: succeeded,
            failed: failed,
            output: .answer
        )
    }
}
