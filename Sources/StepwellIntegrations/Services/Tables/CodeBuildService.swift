extension IntegratedServices {
    /// AWS CodeBuild.
    static let codeBuild = IntegratedService(
        type: "codebuild",
        service: "codebuild",
        errorPrefix: "CodeBuild",
        generalError: "AWSCodeBuildException",
        clientName: "AWSCodeBuild",
        times: ["EndTime", "StartTime"],
        actions: [
            ServiceAction(
                "StartBuild",
                [.request, .sync],
                """
                \(overrides) AutoRetryLimitOverride BuildStatusConfigOverride FleetOverride
                ReportBuildStatusOverride TimeoutInMinutesOverride
                """
            ).with {
                $0.idempotency = .token("IdempotencyToken")
                $0.job = build
            },
            ServiceAction("StopBuild", [.request], "Id"),
            ServiceAction("BatchDeleteBuilds", [.request], "Ids"),
            ServiceAction("BatchGetReports", [.request], "ReportArns"),
            ServiceAction(
                "StartBuildBatch",
                [.request, .sync],
                """
                \(overrides) BuildBatchConfigOverride BuildTimeoutInMinutesOverride
                ReportBuildBatchStatusOverride
                """
            ).with {
                $0.idempotency = .token("IdempotencyToken")
                $0.job = buildBatch
            },
            ServiceAction("StopBuildBatch", [.request], "Id"),
            ServiceAction("RetryBuildBatch", [.request, .sync], "Id RetryType").with {
                $0.idempotency = .token("IdempotencyToken")
                $0.job = buildBatch
            },
            ServiceAction("DeleteBuildBatch", [.request], "Id"),
        ]
    )

    private static let overrides = """
        ArtifactsOverride BuildspecOverride CacheOverride CertificateOverride ComputeTypeOverride
        DebugSessionEnabled EncryptionKeyOverride EnvironmentTypeOverride
        EnvironmentVariablesOverride GitCloneDepthOverride GitSubmodulesConfigOverride
        IdempotencyToken ImageOverride ImagePullCredentialsTypeOverride InsecureSslOverride
        LogsConfigOverride PrivilegedModeOverride ProjectName QueuedTimeoutInMinutesOverride
        RegistryCredentialOverride SecondaryArtifactsOverride SecondarySourcesOverride
        SecondarySourcesVersionOverride ServiceRoleOverride SourceAuthOverride
        SourceLocationOverride SourceTypeOverride SourceVersion
        """

    private static let build = JobRules(
        describe: "BatchGetBuilds",
        reference: [.list("Ids", of: "Build.Id")],
        job: "Builds.0",
        status: "BuildStatus",
        succeeded: ["SUCCEEDED"],
        failed: ["FAILED", "FAULT", "STOPPED", "TIMED_OUT"],
        output: .member("Build"),
        stop: JobRules.Stop(action: "StopBuild", reference: [.answer("Id", "Build.Id")])
    )

    private static let buildBatch = JobRules(
        describe: "BatchGetBuildBatches",
        reference: [.list("Ids", of: "BuildBatch.Id")],
        job: "BuildBatches.0",
        status: "BuildBatchStatus",
        succeeded: ["SUCCEEDED"],
        failed: ["FAILED", "FAULT", "STOPPED", "TIMED_OUT"],
        output: .member("BuildBatch"),
        stop: JobRules.Stop(action: "StopBuildBatch", reference: [.answer("Id", "BuildBatch.Id")])
    )
}
