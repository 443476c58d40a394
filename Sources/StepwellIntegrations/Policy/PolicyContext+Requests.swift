import StepwellEngine
import StepwellHistory
import StepwellInterpreter
package import StepwellJSON

/// What a task does, in the words of IAM (service authorization reference).
extension PolicyContext {
    /// The requests that a task comes to; none of what is done within the engine's process.
    ///
    /// Of `.sync` tasks the first action is judged, not what is asked about the job later.
    package func requests(resource: String, parameters: JSONValue) -> [PolicyRequest] {
        switch TaskResourceName(resource).kind {
        case .activity: return []
        case .lambdaFunction(let arn): return [request("lambda:InvokeFunction", on: arn)]
        case .integration(let task):
            if task.resourceType == "local" { return [] }
            let action = String(task.resource.prefix { $0 != "." && $0 != ":" })
            let parameters = PolicyParameters(parameters)
            let prefix = "aws-sdk:"
            guard task.resourceType.hasPrefix(prefix) else {
                return optimised(task.resourceType, action, parameters)
            }
            return sdk(String(task.resourceType.dropFirst(prefix.count)), action, parameters)
        }
    }

    private func optimised(
        _ service: String,
        _ action: String,
        _ parameters: PolicyParameters
    ) -> [PolicyRequest] {
        switch (service, action) {
        case ("http", _): http(parameters)
        case ("apigateway", _): gateway(parameters)
        case ("bedrock", "invokeModel"):
            sdk("bedrockruntime", action, parameters)
                + placed(parameters["Input"], "s3:GetObject")
                + placed(parameters["Output"], "s3:PutObject")
        case ("elasticmapreduce", let action):
            sdk("emr", Self.clusterActions[action] ?? action, parameters)
        case ("states", let action): sdk("sfn", action, parameters)
        case ("events", let action): sdk("eventbridge", action, parameters)
        default: sdk(service.filter { $0 != "-" }, action, parameters)
        }
    }

    /// What the optimised integration calls otherwise than the API does.
    private static let clusterActions = [
        "createCluster": "runJobFlow", "terminateCluster": "terminateJobFlows",
        "addStep": "addJobFlowSteps", "cancelStep": "cancelSteps",
        "setClusterTerminationProtection": "setTerminationProtection",
        "modifyInstanceFleetByName": "modifyInstanceFleet",
        "modifyInstanceGroupByName": "modifyInstanceGroups",
    ]

    /// What is done to the object at the `S3Uri` of a parameter.
    private func placed(_ place: JSONValue?, _ action: String) -> [PolicyRequest] {
        guard let uri = place?["S3Uri"]?.stringValue else { return [] }
        let path = uri.utf8.starts(with: "s3://".utf8) ? String(uri.dropFirst(5)) : "*"
        return [request(action, on: arn(ofBucket: path))]
    }

    private func http(_ parameters: PolicyParameters) -> [PolicyRequest] {
        var keys: [String: [String]] = [:]
        keys["states:httpendpoint"] = parameters.text("ApiEndpoint").map { [$0] }
        keys["states:httpmethod"] = parameters.text("Method").map { [$0] }
        var requests = [request("states:InvokeHTTPEndpoint", on: stateMachineARN, keys)]
        let connection =
            parameters["Authentication"]?["ConnectionArn"]?.stringValue
            ?? parameters["InvocationConfig"]?["ConnectionArn"]?.stringValue
        if let connection {
            requests.append(request("events:RetrieveConnectionCredentials", on: connection))
        }
        return requests
    }

    private func gateway(_ parameters: PolicyParameters) -> [PolicyRequest] {
        guard parameters.text("AuthType") == "IAM_ROLE" else { return [] }
        let api = (parameters.text("ApiEndpoint") ?? "*").prefix { $0 != "." }
        let path = (parameters.text("Path") ?? "").drop { $0 == "/" }
        let place = [
            String(api), parameters.text("Stage") ?? "$default", parameters.text("Method") ?? "*",
            String(path),
        ]
        let resource = arn("execute-api", place.joined(separator: "/"))
        return [request("execute-api:Invoke", on: resource)]
    }

    private func sdk(
        _ service: String,
        _ action: String,
        _ parameters: PolicyParameters
    ) -> [PolicyRequest] {
        let name = Self.serviceName(service)
        let action = "\(name):\(Self.actionName(service, action))"
        switch service {
        case "eventbridge" where action == "events:PutEvents": return events(action, parameters)
        case "s3": return objects(action, parameters)
        case "dynamodb":
            let tables = tables(action, parameters)
            guard tables.isEmpty else { return tables }
            return [request(action, on: resource(service, name, parameters))]
        case "ecs" where action == "ecs:RunTask":
            let cluster = arn("ecs", "cluster/", named: parameters.text("Cluster") ?? "default")
            let definition = arn(
                "ecs",
                "task-definition/",
                named: parameters.text("TaskDefinition") ?? "*"
            )
            return [request(action, on: definition, ["ecs:cluster": [cluster]])]
        case "batch" where action == "batch:SubmitJob":
            return [("JobDefinition", "job-definition/"), ("JobQueue", "job-queue/")].map {
                request(action, on: arn("batch", $0.1, named: parameters.text($0.0) ?? "*"))
            }
        default:
            return [request(action, on: resource(service, name, parameters))]
        }
    }

    private func events(_ action: String, _ parameters: PolicyParameters) -> [PolicyRequest] {
        let entries = (parameters["Entries"]?.arrayValue ?? []).map { PolicyParameters($0) }
        let requests = entries.map { entry in
            var keys: [String: [String]] = [:]
            keys["events:source"] = entry.text("Source").map { [$0] }
            keys["events:detail-type"] = entry.text("DetailType").map { [$0] }
            let bus = entry.text("EventBusName") ?? "default"
            return request(action, on: arn("events", "event-bus/", named: bus), keys)
        }
        return requests.isEmpty ? [request(action, on: "*")] : requests
    }

    /// What an action is done to: what a parameter of the service names, else any ARN among the
    /// parameters, else `*`.
    private func resource(
        _ service: String,
        _ name: String,
        _ parameters: PolicyParameters
    ) -> String {
        for (parameter, prefix) in Self.resources[service] ?? [] {
            guard let text = parameters.text(parameter) else { continue }
            switch prefix {
            case "queue":
                let parts = text.split(separator: "/").suffix(2).map(String.init)
                guard parts.count == 2 else { return "*" }
                return partition.arn("sqs", region: region, account: parts[0], parts[1])
            case "model":
                let isARN = text.utf8.starts(with: "arn:".utf8)
                guard !isARN else { return text }
                return partition.arn("bedrock", region: region, "foundation-model/\(text)")
            case "parameter/": return arn(name, prefix + text.drop { $0 == "/" })
            case "function:": return function(text, parameters.text("Qualifier"))
            default: return arn(name, prefix, named: text)
            }
        }
        return parameters.firstARN ?? "*"
    }

    /// A function's ARN from its name, its ARN, or the middle between them.
    private func function(_ text: String, _ qualifier: String?) -> String {
        let parts = text.split(separator: ":").map(String.init)
        let base: String
        if parts.first == "arn" {
            base = text
        } else if let place = parts.firstIndex(of: "function"), place > 0 {
            let rest = parts[place...].joined(separator: ":")
            base = partition.arn("lambda", region: region, account: parts[place - 1], rest)
        } else {
            base = arn("lambda", "function:" + text)
        }
        return qualifier.map { "\(base):\($0)" } ?? base
    }
}
