package import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellJSON

/// The failures of tasks with SDK integrations, named as AWS names them: `Client.Exception` by the
/// classes of the AWS SDK for Java 2.
package enum SDKFailure {
    /// The failure of an error that a service answered, or would have answered, to a task with a
    /// resource; nil when that is no SDK integration.
    package static func failure(_ fault: ServiceFault, resource: String) -> TaskFailure? {
        guard let action = SDKAction(resource) else { return nil }
        return failure(fault, client: SDKClientNames.name(of: action.service))
    }

    /// The failure of a call that failed.
    ///
    /// - Throws: `CancellationError` when the call was given up.
    static func failure(
        _ fault: AWSFault,
        client: String,
        of task: ConnectorTask
    ) throws -> TaskFailure {
        switch fault {
        case .service(let service): return failure(service, client: client)
        case .parameters(let text): return parameters(text, of: task)
        case .unreachable(let endpoint, let fault):
            return TaskFailure(
                error: "\(client).SdkClientException",
                cause: "Unable to execute HTTP request to \(endpoint): \(fault)"
            )
        case .credentials(let text):
            guard task.dispatch.credentialsRoleARN == nil else {
                return TaskFailure(error: "States.Permissions", cause: text)
            }
            return TaskFailure(error: "\(client).SdkClientException", cause: text)
        case .forbidden(let rule): return TaskFailure(error: "States.Permissions", cause: rule)
        case .unserved(let text), .unknownAction(let text):
            return TaskFailure(error: "Stepwell.NoHandler", cause: text)
        case .cancelled: throw CancellationError()
        }
    }

    private static func failure(_ fault: ServiceFault, client: String) -> TaskFailure {
        let exception = fault.shape.map { SDKName.exception($0) } ?? "\(client)Exception"
        var details = "Service: \(client), Status Code: \(fault.status), "
        details += "Request ID: \(fault.requestID ?? "null")"
        if let extended = fault.extendedRequestID {
            details += ", Extended Request ID: \(extended)"
        }
        return TaskFailure(
            error: "\(client).\(exception)",
            cause: "\(fault.message) (\(details)) (SDK Attempt Count: \(fault.attempts))"
        )
    }

    /// The failure of a task whose parameters do not fit, which no Retry or Catch takes.
    static func parameters(_ problem: String, of task: ConnectorTask) -> TaskFailure {
        let parameters = String(decoding: task.dispatch.parameters.text, as: UTF8.self)
        let (state, entered) = (task.dispatch.stateName, task.dispatch.scheduledEventID - 1)
        return TaskFailure(
            error: "States.Runtime",
            cause:
                "An error occurred while executing the state '\(state)' (entered at the event id "
                + "#\(entered)). The Parameters '\(parameters)' could not be used to start the "
                + "Task: [\(problem)]"
        )
    }
}
