package import StepwellEngine
import StepwellHistory
import StepwellInterpreter

/// Says what to configure so that a resource can be done; does no task itself.
package struct ConfigurationAdvice: TaskConnector {
    private let live: LiveSettings
    private let aws: any AWSCalling

    /// Advice about the settings as they are at the time; `aws` makes the calls of tasks.
    package init(live: LiveSettings, aws: any AWSCalling) {
        self.live = live
        self.aws = aws
    }

    package func serves(_ resource: String) -> Bool { false }

    package func run(_ task: ConnectorTask) async throws -> TaskOutcome {
        throw CancellationError()
    }

    package func hindrance(of resource: String) async -> String? {
        let settings = live.current
        switch TaskResourceName(resource).kind {
        case .activity:
            return nil
        case .lambdaFunction(let arn):
            let name = arn.split(separator: ":").dropFirst(6).first.map(String.init) ?? arn
            if settings.functions.contains(where: { $0.name == name }) { return nil }
            return needs("lambda", resource, or: "--function \(name)=DIR:HANDLER")
        case .integration(let task):
            let action = String(task.resource.prefix { $0 != "." && $0 != ":" })
            return integration(task.resourceType, action, resource, settings)
        }
    }

    private func integration(
        _ type: String,
        _ action: String,
        _ resource: String,
        _ settings: IntegrationSettings
    ) -> String? {
        switch type {
        case "local", "states", "aws-sdk:sfn": return nil
        case "lambda", "aws-sdk:lambda":
            guard action == "invoke" || type != "lambda" else { return nil }
            let isHere = !settings.functions.isEmpty
            return isHere ? nil : needs("lambda", resource, or: "--function NAME=DIR:HANDLER")
        case "http":
            guard settings.connections.isEmpty else { return nil }
            return "\(resource) needs its connection: 'connections' in the configuration file"
        case "apigateway": return nil
        case "s3":
            let isHere = !settings.buckets.isEmpty
            return isHere ? nil : needs("s3", resource, or: "--bucket NAME=DIR")
        case "ecs", "batch":
            guard IntegratedWork(resource) != nil else { return nil }
            let isHere = settings.runners.contains { $0.service.rawValue == type }
            return isHere ? nil : needs(type, resource, or: "a local runner ('runners.\(type)')")
        default:
            let prefix = "aws-sdk:"
            guard type.hasPrefix(prefix) else {
                // Credentials would not make an integration of what is none.
                guard IntegratedWork(resource) != nil else { return nil }
                return needs(Self.services[type] ?? type, resource)
            }
            let service = String(type.dropFirst(prefix.count))
            let name = action.prefix(1).uppercased() + action.dropFirst()
            guard aws.knows(service: service, action: name) else {
                return "\(resource): no model of AWS's has \(service):\(name); models come with "
                    + "botocore and the AWS CLI, or 'aws.models' says where they are"
            }
            return needs(service, resource)
        }
    }

    /// The services of optimised integrations, as SDK integrations spell them.
    private static let services = [
        "elasticmapreduce": "emr", "emr-containers": "emrcontainers",
        "emr-serverless": "emrserverless", "events": "eventbridge", "bedrock": "bedrockruntime",
    ]

    private func needs(_ service: String, _ resource: String, or other: String? = nil) -> String? {
        guard let problem = aws.hindrance(service: service) else { return nil }
        return "\(resource) \(problem)" + (other.map { ", or \($0)" } ?? "")
    }
}
