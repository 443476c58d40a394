import StepwellEngine
import StepwellHistory
import StepwellInterpreter

/// A request that a policy does not allow, and how its task fails.
///
/// It fails as if the service had answered AccessDeniedException, in the naming of its integration;
/// where there is no service that could have, as `States.Permissions`.
struct PolicyDenial {
    private let request: PolicyRequest
    private let decision: PolicyDecision

    init(_ request: PolicyRequest, _ decision: PolicyDecision) {
        self.request = request
        self.decision = decision
    }

    /// What AWS says of it.
    func message(session: String) -> String {
        let parts = request.role.split(separator: ":", omittingEmptySubsequences: false)
        let account = parts.count > 4 ? String(parts[4]) : ""
        let name = request.role.split(separator: "/").last.map(String.init) ?? request.role
        let reason =
            decision == .denied
            ? "with an explicit deny in an identity-based policy"
            : "because no identity-based policy allows the \(request.action) action"
        let partition = Partition.name(in: request.role)
        return "User: arn:\(partition):sts::\(account):assumed-role/\(name)/\(session) is not "
            + "authorized to perform: \(request.action) on resource: \(request.resource) \(reason)"
    }

    /// The failure of the task that asked.
    func failure(of task: ConnectorTask) -> TaskFailure {
        let resource = task.dispatch.resource
        let fault = ServiceFault(
            code: "AccessDeniedException",
            message: message(session: task.ownUUID),
            status: request.action.hasPrefix("lambda:") ? 403 : 400,
            requestID: task.ownUUID
        )
        return ownFailure(of: resource, fault)
            ?? SDKFailure.failure(fault, resource: resource)
            ?? IntegratedService.failure(fault, resource: resource, requestID: task.ownUUID)
            ?? TaskFailure(error: "States.Permissions", cause: fault.message)
    }

    /// The failure of what is done here and not called: functions and Step Functions itself.
    private func ownFailure(of resource: String, _ fault: ServiceFault) -> TaskFailure? {
        let id = fault.requestID ?? ""
        func failure(_ error: String, of service: String) -> TaskFailure {
            TaskFailure(
                error: error,
                cause: "\(fault.message) (Service: \(service); Status Code: \(fault.status); "
                    + "Error Code: \(fault.code); Request ID: \(id); Proxy: null)"
            )
        }
        switch TaskResourceName(resource).kind {
        case .activity: return nil
        case .lambdaFunction: return failure("Lambda.AWSLambdaException", of: "AWSLambda")
        case .integration(let task):
            switch task.resourceType {
            case "lambda": return failure("Lambda.AWSLambdaException", of: "AWSLambda")
            case "states":
                return failure("StepFunctions.AWSStepFunctionsException", of: "AWSStepFunctions")
            case "aws-sdk:sfn":
                return TaskFailure(
                    error: "Sfn.SfnException",
                    cause: "\(fault.message) (Service: Sfn, Status Code: \(fault.status), "
                        + "Request ID: \(id)) (SDK Attempt Count: 1)"
                )
            default: return nil
            }
        }
    }
}
