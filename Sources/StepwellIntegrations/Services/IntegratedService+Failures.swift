package import StepwellEngine
import StepwellInterpreter

/// Errors as optimised integrations name them: after the classes of version 1 of AWS's SDK for
/// Java, `DynamoDB.ResourceNotFoundException`, `SQS.AmazonSQSException`.
extension IntegratedService {
    /// The failure that a fault of a call is to a task; `CancellationError` when it was cancelled.
    func failure(_ fault: AWSFault, of task: ConnectorTask) -> any Error {
        switch fault {
        case .service(let fault):
            TaskFailure(error: name(of: fault), cause: cause(fault, requestID: task.ownUUID))
        case .parameters(let problem):
            TaskFailure(
                error: "\(errorPrefix).\(generalError)",
                cause: cause(
                    ServiceFault(code: "ValidationException", message: problem, status: 400),
                    requestID: task.ownUUID
                )
            )
        case .unreachable(_, .tooLarge(let limit)):
            TaskFailure(
                error: "States.DataLimitExceeded",
                cause: "The answer of \(clientName) is larger than \(limit) bytes."
            )
        case .unreachable(let endpoint, let fault):
            TaskFailure(
                error: "\(errorPrefix).SdkClientException",
                cause: "Unable to execute HTTP request: \(endpoint): \(fault)"
            )
        case .credentials(let problem):
            TaskFailure(
                error: task.dispatch.credentialsRoleARN == nil
                    ? "\(errorPrefix).SdkClientException" : "States.Permissions",
                cause: problem
            )
        case .unserved(let problem), .unknownAction(let problem):
            TaskFailure(error: "Stepwell.NoHandler", cause: problem)
        case .forbidden(let problem):
            TaskFailure(error: "States.Permissions", cause: problem)
        case .cancelled:
            CancellationError()
        }
    }

    private func name(of fault: ServiceFault) -> String {
        guard var name = fault.shape else { return "\(errorPrefix).\(generalError)" }
        if !name.hasSuffix("Exception") {
            if name.hasSuffix("Fault") { name.removeLast("Fault".count) }
            name += "Exception"
        }
        return "\(errorPrefix).\(name)"
    }

    private func cause(_ fault: ServiceFault, requestID: String) -> String {
        "\(fault.message) (Service: \(clientName); Status Code: \(fault.status); "
            + "Error Code: \(fault.code); Request ID: \(fault.requestID ?? requestID); "
            + "Proxy: null)"
    }
}

extension AWSFault {
    /// Whether the service may have done what it was asked for all the same.
    var mayHaveBegun: Bool {
        switch self {
        case .service(let fault): fault.status >= 500
        case .unreachable(_, .refused), .unreachable(_, .url): false
        case .unreachable, .cancelled: true
        case .parameters, .unserved, .credentials, .unknownAction, .forbidden: false
        }
    }

    /// Whether the same call may be answered otherwise after a while.
    var isTransient: Bool {
        switch self {
        case .service(let fault):
            fault.status >= 500 || fault.status == 429 || fault.code.contains("Throttl")
                || fault.code.contains("TooManyRequests") || fault.code == "RequestLimitExceeded"
        case .unreachable(_, .connection), .unreachable(_, .timeout): true
        case .credentials, .unserved: true
        case .unreachable, .parameters, .unknownAction, .forbidden, .cancelled: false
        }
    }
}

extension IntegratedService {
    /// The failure that a service's error is to the task of a resource, by that of API Gateway too;
    /// nil when the resource is no optimised integration.
    package static func failure(
        _ fault: ServiceFault,
        resource: String,
        requestID: String
    ) -> TaskFailure? {
        if let work = IntegratedWork(resource) {
            let service = work.service
            return TaskFailure(
                error: service.name(of: fault),
                cause: service.cause(fault, requestID: requestID)
            )
        }
        switch IntegrationResource(resource)?.type {
        case "apigateway"?:
            return TaskFailure(error: "ApiGateway.\(fault.status)", cause: fault.message)
        case "http"?:
            return TaskFailure(error: "States.Permissions", cause: fault.message)
        default: return nil
        }
    }
}
