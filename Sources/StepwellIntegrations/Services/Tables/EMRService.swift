import StepwellEngine
import StepwellJSON

extension IntegratedServices {
    /// Amazon EMR, whose actions wrap those of its API (developer guide, "Create and manage Amazon
    /// EMR clusters").
    static let emr = IntegratedService(
        type: "elasticmapreduce",
        service: "emr",
        errorPrefix: "EMR",
        generalError: "AmazonElasticMapReduceException",
        clientName: "AmazonElasticMapReduce",
        showsMetadata: true,
        times: ["CreationDateTime", "EndDateTime", "ReadyDateTime", "StartDateTime"],
        names: ["OsReleaseLabel": "OSReleaseLabel"],
        actions: [
            createCluster, protectCluster, terminateCluster, addStep, cancelStep, modifyFleet,
            modifyGroup,
        ]
    )

    private static let createCluster = ServiceAction(
        "createCluster",
        calling: "RunJobFlow",
        [.request, .sync],
        """
        AdditionalInfo AmiVersion Applications AutoScalingRole AutoTerminationPolicy
        BootstrapActions Configurations CustomAmiId EbsRootVolumeIops EbsRootVolumeSize
        EbsRootVolumeThroughput ExtendedSupport Instances JobFlowRole KerberosAttributes
        LogEncryptionKmsKeyId LogUri ManagedScalingPolicy MonitoringConfiguration Name
        NewSupportedProducts OSReleaseLabel PlacementGroupConfigs ReleaseLabel RepoUpgradeOnBoot
        ScaleDownBehavior SecurityConfiguration ServiceRole StepConcurrencyLevel
        StepExecutionRoleArn Steps SupportedProducts Tags VisibleToAllUsers
        """
    ).with {
        $0.answer = { answer, _ in answer.renaming("JobFlowId", "ClusterId") }
        $0.job = cluster(
            [.answer("ClusterId")],
            succeeded: ["WAITING"],
            failed: ["TERMINATING", "TERMINATED", "TERMINATED_WITH_ERRORS"]
        )
    }

    private static let protectCluster = ServiceAction(
        "setClusterTerminationProtection",
        calling: "SetTerminationProtection",
        [.request],
        "ClusterId TerminationProtected"
    ).with { $0.request = { given, _ in given.listing("ClusterId", "JobFlowIds") } }

    private static let terminateCluster = ServiceAction(
        "terminateCluster",
        calling: "TerminateJobFlows",
        [.request, .sync],
        "ClusterId"
    ).with {
        $0.request = { given, _ in given.listing("ClusterId", "JobFlowIds") }
        $0.job = cluster(
            [.parameter("ClusterId")],
            succeeded: ["TERMINATED", "TERMINATED_WITH_ERRORS"],
            failed: []
        )
    }

    private static let addStep = ServiceAction(
        "addStep",
        calling: "AddJobFlowSteps",
        [.request, .sync],
        "ClusterId ExecutionRoleArn Step"
    ).with {
        $0.request = { given, _ in
            given.renaming("ClusterId", "JobFlowId").listing("Step", "Steps")
        }
        $0.answer = { answer, _ in answer.first(of: "StepIds", as: "StepId") }
        $0.job = JobRules(
            describe: "DescribeStep",
            reference: [.parameter("ClusterId"), .answer("StepId")],
            job: "Step",
            status: "Status.State",
            succeeded: ["COMPLETED"],
            failed: ["CANCELLED", "FAILED", "INTERRUPTED"],
            output: .answer,
            stop: JobRules.Stop(
                action: "CancelSteps",
                reference: [.parameter("ClusterId"), .list("StepIds", of: "StepId")]
            )
        )
    }

    private static let cancelStep = ServiceAction(
        "cancelStep",
        calling: "CancelSteps",
        [.request],
        "ClusterId StepCancellationOption StepId"
    ).with {
        $0.request = { given, _ in given.listing("StepId", "StepIds") }
        $0.answer = { answer, _ in answer.first(of: "CancelStepsInfoList", as: "CancelStepsInfo") }
    }

    private static let modifyFleet = ServiceAction(
        "modifyInstanceFleetByName",
        calling: "ModifyInstanceFleet",
        [.request],
        "ClusterId InstanceFleet InstanceFleetName"
    ).with {
        $0.request = { given, exchange in
            let id = try await id("InstanceFleet", of: given, by: "ListInstanceFleets", exchange)
            var request = given
            request["InstanceFleetName"] = nil
            request["InstanceFleet", default: .object(JSONObject())].set("InstanceFleetId", id)
            return request
        }
    }

    private static let modifyGroup = ServiceAction(
        "modifyInstanceGroupByName",
        calling: "ModifyInstanceGroups",
        [.request],
        "ClusterId InstanceGroup InstanceGroupName"
    ).with {
        $0.request = { given, exchange in
            let id = try await id("InstanceGroup", of: given, by: "ListInstanceGroups", exchange)
            var group = given["InstanceGroup"] ?? .object(JSONObject())
            group.set("InstanceGroupId", id)
            var request = JSONObject()
            request["ClusterId"] = given["ClusterId"]
            request["InstanceGroups"] = .array([group])
            return request
        }
    }

    /// AWS leaves a cluster alone when its execution is stopped.
    private static func cluster(
        _ reference: [JobRules.Reference],
        succeeded: Set<String>,
        failed: Set<String>
    ) -> JobRules {
        JobRules(
            describe: "DescribeCluster",
            reference: reference,
            job: "Cluster",
            status: "Status.State",
            succeeded: succeeded,
            failed: failed,
            output: .submissionAndAnswer
        )
    }

    /// The id of the fleet or group of a name, found in the cluster's list.
    private static func id(
        _ kind: String,
        of given: JSONObject,
        by action: String,
        _ exchange: ServiceExchange
    ) async throws -> JSONValue {
        var request = JSONObject()
        request["ClusterId"] = given["ClusterId"]
        for _ in 0..<50 {
            let answer = try await exchange.call(nil, action, request).output
            let named = answer["\(kind)s"]?.arrayValue?.first {
                $0["Name"] == given["\(kind)Name"]
            }
            if let id = named?["Id"] { return id }
            guard let marker = answer["Marker"] else { break }
            request["Marker"] = marker
        }
        throw TaskFailure(
            error: "EMR.AmazonElasticMapReduceException",
            cause: "The cluster has no \(kind) of the name "
                + (given["\(kind)Name"].map(JSONWriter.string) ?? "(none)")
        )
    }
}

extension JSONObject {
    /// The same with another name for a member.
    fileprivate func renaming(_ member: String, _ name: String) -> JSONObject {
        JSONObject(self.map { ($0.key == member ? name : $0.key, $0.value) })
    }

    /// The same with a member as a list of one, under another name.
    fileprivate func listing(_ member: String, _ name: String) -> JSONObject {
        JSONObject(
            self.map { $0.key == member ? (name, .array([$0.value])) : ($0.key, $0.value) }
        )
    }

    /// The same with the first of a list, under another name, in the list's place.
    fileprivate func first(of list: String, as name: String) -> JSONObject {
        var changed = self
        changed[name] = self[list]?[0]
        changed[list] = nil
        return changed
    }
}

extension JSONValue {
    /// Sets a member of an object; what is none stays as it is, for the service to refuse.
    fileprivate mutating func set(_ member: String, _ value: JSONValue) {
        guard case .object(var members) = self else { return }
        members[member] = value
        self = .object(members)
    }
}
