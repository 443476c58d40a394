import StepwellEngine
import StepwellIntegrations
import StepwellJSON

extension TemplateScope {
    /// How a type of resource is named.
    private struct Naming {
        /// The property with its name.
        let property: String
        /// The ARN after its partition; `R`, `A` and `N` stand for region, account and name.
        let arn: String
        /// Whether `Ref` gives the ARN instead of the name.
        var refersByARN = false
    }

    private static let namings: [String: Naming] = [
        "AWS::StepFunctions::StateMachine": Naming(
            property: "StateMachineName",
            arn: "states:R:A:stateMachine:N",
            refersByARN: true
        ),
        "AWS::Serverless::StateMachine": Naming(
            property: "Name",
            arn: "states:R:A:stateMachine:N",
            refersByARN: true
        ),
        "AWS::StepFunctions::Activity": Naming(
            property: "Name",
            arn: "states:R:A:activity:N",
            refersByARN: true
        ),
        "AWS::Lambda::Function": Naming(property: "FunctionName", arn: "lambda:R:A:function:N"),
        "AWS::Serverless::Function": Naming(
            property: "FunctionName",
            arn: "lambda:R:A:function:N"
        ),
        "AWS::S3::Bucket": Naming(property: "BucketName", arn: "s3:::N"),
        "AWS::DynamoDB::Table": Naming(property: "TableName", arn: "dynamodb:R:A:table/N"),
        "AWS::Serverless::SimpleTable": Naming(
            property: "TableName",
            arn: "dynamodb:R:A:table/N"
        ),
        "AWS::SQS::Queue": Naming(property: "QueueName", arn: "sqs:R:A:N"),
        "AWS::SNS::Topic": Naming(property: "TopicName", arn: "sns:R:A:N", refersByARN: true),
        "AWS::IAM::Role": Naming(property: "RoleName", arn: "iam::A:role/N"),
        "AWS::IAM::ManagedPolicy": Naming(
            property: "ManagedPolicyName",
            arn: "iam::A:policy/N",
            refersByARN: true
        ),
        "AWS::Events::EventBus": Naming(property: "Name", arn: "events:R:A:event-bus/N"),
        "AWS::Events::Rule": Naming(property: "Name", arn: "events:R:A:rule/N"),
        "AWS::Events::Connection": Naming(property: "Name", arn: "events:R:A:connection/N"),
        "AWS::Scheduler::Schedule": Naming(
            property: "Name",
            arn: "scheduler:R:A:schedule/default/N"
        ),
        "AWS::Scheduler::ScheduleGroup": Naming(
            property: "Name",
            arn: "scheduler:R:A:schedule-group/N"
        ),
        "AWS::Logs::LogGroup": Naming(property: "LogGroupName", arn: "logs:R:A:log-group:N:*"),
        "AWS::KMS::Key": Naming(property: "", arn: "kms:R:A:key/N"),
        "AWS::SecretsManager::Secret": Naming(
            property: "Name",
            arn: "secretsmanager:R:A:secret:N",
            refersByARN: true
        ),
        "AWS::ECS::Cluster": Naming(property: "ClusterName", arn: "ecs:R:A:cluster/N"),
        "AWS::ECS::TaskDefinition": Naming(
            property: "Family",
            arn: "ecs:R:A:task-definition/N:1",
            refersByARN: true
        ),
        "AWS::Batch::JobQueue": Naming(
            property: "JobQueueName",
            arn: "batch:R:A:job-queue/N",
            refersByARN: true
        ),
        "AWS::Batch::JobDefinition": Naming(
            property: "JobDefinitionName",
            arn: "batch:R:A:job-definition/N:1",
            refersByARN: true
        ),
    ]

    /// What a resource is called: by its name where one is written, else by its logical id.
    func name(
        of resource: TemplateResource,
        depth: Int = 0
    ) throws(SettingsProblem) -> ResourceName {
        let naming = Self.namings[resource.type]
        let name = try physicalName(of: resource, by: naming?.property, depth + 1)
        if let qualified = try qualifiedName(of: resource, depth + 1) { return qualified }
        guard let naming else {
            let service = resource.type.split(separator: ":").dropFirst().first ?? "unknown"
            let (region, account) = (settings.region, settings.account)
            let arn = Partition.arn(
                service.lowercased(),
                region: region,
                account: account,
                name
            )
            return ResourceName(reference: name, name: name, arn: arn)
        }
        let partition = Partition.of(settings.region)
        let arn = "arn:\(partition.name):" + filled(naming.arn, name)
        if resource.type == "AWS::SQS::Queue" {
            let url =
                "https://sqs.\(settings.region).\(partition.dnsSuffix)/\(settings.account)/\(name)"
            return ResourceName(
                reference: url,
                name: name,
                arn: arn,
                attributes: ["QueueUrl": url]
            )
        }
        return ResourceName(
            reference: naming.refersByARN ? arn : name,
            name: name,
            arn: arn,
            attributes: ["StateMachineRevisionId": "INITIAL"]
        )
    }

    private func physicalName(
        of resource: TemplateResource,
        by property: String?,
        _ depth: Int
    ) throws(SettingsProblem) -> String {
        guard let property, !property.isEmpty else { return resource.logicalID }
        let place = resource.place.appending("Properties").appending(property)
        return try text(at: place, depth: depth) ?? resource.logicalID
    }

    /// Versions and aliases are named behind their state machine.
    private func qualifiedName(
        of resource: TemplateResource,
        _ depth: Int
    ) throws(SettingsProblem) -> ResourceName? {
        let properties = resource.place.appending("Properties")
        switch resource.type {
        case "AWS::StepFunctions::StateMachineVersion":
            let machine = try text(at: properties.appending("StateMachineArn"), depth: depth) ?? ""
            return ResourceName(reference: machine, name: machine, arn: machine)
        case "AWS::StepFunctions::StateMachineAlias":
            let alias = try text(at: properties.appending("Name"), depth: depth) ?? ""
            var places = [
                properties.appending("DeploymentPreference").appending("StateMachineVersionArn")
            ]
            let routing = properties.appending("RoutingConfiguration").appending(0)
            places.append(routing.appending("StateMachineVersionArn"))
            for place in places {
                guard let version = try text(at: place, depth: depth) else { continue }
                let arn = "\(version):\(alias)"
                return ResourceName(reference: arn, name: alias, arn: arn)
            }
            return nil
        default: return nil
        }
    }

    private func filled(_ arn: String, _ name: String) -> String {
        arn.split(separator: ":", omittingEmptySubsequences: false).map { part in
            switch part {
            case "R": settings.region
            case "A": settings.account
            case "N": name
            default:
                part.hasSuffix("/N") ? "\(part.dropLast())\(name)" : String(part)
            }
        }.joined(separator: ":")
    }
}
