extension IntegratedServices {
    /// Amazon EKS' own actions; those of Kubernetes (`runJob`, `call`) are not here.
    static let eks = IntegratedService(
        type: "eks",
        service: "eks",
        errorPrefix: "EKS",
        generalError: "AmazonEKSException",
        clientName: "AmazonEKS",
        times: ["CreatedAt", "ModifiedAt"],
        actions: [
            created(
                "Cluster",
                [.parameter("Name")],
                """
                AccessConfig BootstrapSelfManagedAddons ClientRequestToken ComputeConfig
                ControlPlaneScalingConfig DeletionProtection EncryptionConfig
                KubernetesNetworkConfig Logging Name OutpostConfig RemoteNetworkConfig
                ResourcesVpcConfig RoleArn StorageConfig Tags UpgradePolicy Version ZonalShiftConfig
                """
            ),
            deleted("Cluster", [.parameter("Name")], "Name"),
            created(
                "Nodegroup",
                [.parameter("ClusterName"), .parameter("NodegroupName")],
                """
                AmiType CapacityType ClientRequestToken ClusterName DiskSize InstanceTypes Labels
                LaunchTemplate NodeRepairConfig NodeRole NodegroupName ReleaseVersion RemoteAccess
                ScalingConfig Subnets Tags Taints UpdateConfig Version WarmPoolConfig
                """
            ),
            deleted(
                "Nodegroup",
                [.parameter("ClusterName"), .parameter("NodegroupName")],
                "ClusterName NodegroupName"
            ),
            created(
                "FargateProfile",
                [.parameter("ClusterName"), .parameter("FargateProfileName")],
                """
                ClientRequestToken ClusterName FargateProfileName PodExecutionRoleArn Selectors
                Subnets Tags
                """
            ),
            deleted(
                "FargateProfile",
                [.parameter("ClusterName"), .parameter("FargateProfileName")],
                "ClusterName FargateProfileName"
            ),
        ]
    )

    private static func created(
        _ kind: String,
        _ reference: [JobRules.Reference],
        _ parameters: String
    ) -> ServiceAction {
        ServiceAction("Create\(kind)", [.request, .sync], parameters).with {
            $0.idempotency = .token("ClientRequestToken")
            $0.job = JobRules(
                describe: "Describe\(kind)",
                reference: reference,
                job: MemberPath(stringLiteral: kind),
                succeeded: ["ACTIVE"],
                failed: ["CREATE_FAILED", "DEGRADED", "DELETING", "DELETE_FAILED", "FAILED"],
                output: .answer
            )
        }
    }

    /// What is deleted has ended when it is not found any more.
    private static func deleted(
        _ kind: String,
        _ reference: [JobRules.Reference],
        _ parameters: String
    ) -> ServiceAction {
        ServiceAction("Delete\(kind)", [.request, .sync], parameters).with {
            $0.job = JobRules(
                describe: "Describe\(kind)",
                reference: reference,
                job: MemberPath(stringLiteral: kind),
                succeeded: [],
                failed: ["DELETE_FAILED", "FAILED"],
                output: .submissionAndAnswer,
                goneCode: "ResourceNotFoundException"
            )
        }
    }
}
