extension IntegratedServices {
    /// Amazon SageMaker: its jobs have the names that the definition gives them, by which one that
    /// an earlier delivery has begun is found.
    static let sageMaker = IntegratedService(
        type: "sagemaker",
        service: "sagemaker",
        errorPrefix: "SageMaker",
        generalError: "AmazonSageMakerException",
        clientName: "AmazonSageMaker",
        showsMetadata: true,
        times: [
            "CreationTime", "EndTime", "HyperParameterTuningEndTime", "LastModifiedTime",
            "ProcessingEndTime", "ProcessingStartTime", "StartTime", "TrainingEndTime",
            "TrainingStartTime", "TransformEndTime", "TransformStartTime",
        ],
        actions: [
            job(
                "TrainingJob",
                """
                AlgorithmSpecification CheckpointConfig DebugHookConfig DebugRuleConfigurations
                EnableInterContainerTrafficEncryption EnableManagedSpotTraining
                EnableNetworkIsolation Environment ExperimentConfig HyperParameters InfraCheckConfig
                InputDataConfig MlflowConfig ModelPackageConfig OutputDataConfig ProfilerConfig
                ProfilerRuleConfigurations RemoteDebugConfig ResourceConfig RetryStrategy RoleArn
                ServerlessJobConfig SessionChainingConfig StoppingCondition Tags
                TensorBoardOutputConfig VpcConfig
                """
            ),
            job(
                "TransformJob",
                """
                BatchStrategy DataCaptureConfig DataProcessing Environment ExperimentConfig
                MaxConcurrentTransforms MaxPayloadInMB ModelClientConfig ModelName Tags
                TransformInput TransformOutput TransformResources
                """
            ),
            job(
                "ProcessingJob",
                """
                AppSpecification Environment ExperimentConfig NetworkConfig ProcessingInputs
                ProcessingOutputConfig ProcessingResources RoleArn StoppingCondition Tags
                """
            ),
            job(
                "LabelingJob",
                """
                HumanTaskConfig InputConfig LabelAttributeName LabelCategoryConfigS3Uri
                LabelingJobAlgorithmsConfig OutputConfig RoleArn StoppingConditions Tags
                """
            ),
            job(
                "HyperParameterTuningJob",
                """
                Autotune HyperParameterTuningJobConfig Tags TrainingJobDefinition
                TrainingJobDefinitions WarmStartConfig
                """
            ),
            resource(
                "Model",
                """
                Containers EnableNetworkIsolation ExecutionRoleArn InferenceExecutionConfig
                PrimaryContainer Tags VpcConfig
                """
            ),
            resource(
                "EndpointConfig",
                """
                AsyncInferenceConfig DataCaptureConfig EnableNetworkIsolation ExecutionRoleArn
                ExplainerConfig KmsKeyId MetricsConfig ProductionVariants ShadowProductionVariants
                Tags VpcConfig
                """
            ),
            resource("Endpoint", "DeploymentConfig EndpointConfigName Tags"),
            ServiceAction(
                "UpdateEndpoint",
                [.request],
                """
                DeploymentConfig EndpointConfigName EndpointName ExcludeRetainedVariantProperties
                RetainAllVariantProperties RetainDeploymentConfig
                """
            ),
        ]
    )

    /// The creation of a job of a kind.
    private static func job(_ kind: String, _ parameters: String) -> ServiceAction {
        ServiceAction("Create\(kind)", [.request, .sync], "\(kind)Name \(parameters)").with {
            $0.idempotency = .name("\(kind)Name", describe: "Describe\(kind)", answer: "\(kind)Arn")
            $0.job = JobRules(
                describe: "Describe\(kind)",
                reference: [.parameter("\(kind)Name")],
                status: MemberPath(stringLiteral: "\(kind)Status"),
                succeeded: ["Completed"],
                failed: ["Failed", "Stopped"],
                stop: JobRules.Stop(action: "Stop\(kind)", reference: [.parameter("\(kind)Name")])
            )
        }
    }

    /// The creation of something that is there at once.
    private static func resource(_ kind: String, _ parameters: String) -> ServiceAction {
        ServiceAction("Create\(kind)", [.request], "\(kind)Name \(parameters)").with {
            $0.idempotency = .name("\(kind)Name", describe: "Describe\(kind)", answer: "\(kind)Arn")
        }
    }
}
