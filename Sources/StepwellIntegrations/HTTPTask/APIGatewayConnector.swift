package import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellJSON

/// `apigateway:invoke`: requests to an API of API Gateway (developer guide, "Create API Gateway
/// REST APIs with Step Functions").
///
/// An `ApiEndpoint` that begins with `http://` or `https://` is called as it says; AWS has host
/// names alone.
package final class APIGatewayConnector: TaskConnector {
    /// Signs a request for a service in a region, as a role or with the engine's own credentials.
    package typealias Signer =
        @Sendable (
            _ request: OutgoingRequest,
            _ service: String,
            _ region: String,
            _ roleARN: String?,
            _ stateMachineARN: String
        ) async throws(AWSFault) -> OutgoingRequest

    private let transport: any HTTPTransport
    private let region: String
    private let sign: Signer

    package init(
        transport: any HTTPTransport,
        region: String,
        sign: @escaping Signer
    ) {
        self.transport = transport
        self.region = region
        self.sign = sign
    }

    package func serves(_ resource: String) -> Bool {
        guard let parts = IntegrationResource(resource) else { return false }
        return parts.type == "apigateway" && parts.action == "invoke" && parts.pattern != .sync
    }

    package func run(_ task: ConnectorTask) async throws -> TaskOutcome {
        let invocation = try APIGatewayRequest(try task.dispatch.parameters.value(), region)
        var request = invocation.request
        if invocation.isSigned {
            do throws(AWSFault) {
                request = try await sign(
                    request,
                    "execute-api",
                    invocation.region,
                    task.dispatch.credentialsRoleARN,
                    task.stateMachineARN
                )
            } catch {
                throw Self.failure(error, of: task)
            }
        }
        let result = HTTPResult(try await answer(request))
        guard result.isSuccess else {
            throw TaskFailure(error: "ApiGateway.\(result.answer.status)", cause: result.cause)
        }
        let output = Payload(result.value)
        return task.endsByToken ? .submitted(output) : .succeeded(output)
    }

    /// The failure of a request that could not be signed.
    private static func failure(_ fault: AWSFault, of task: ConnectorTask) -> any Error {
        switch fault {
        case .cancelled: CancellationError()
        case .unserved(let text), .unknownAction(let text):
            TaskFailure(error: "Stepwell.NoHandler", cause: text)
        case .forbidden(let text): TaskFailure(error: "States.Permissions", cause: text)
        case .credentials(let text), .parameters(let text):
            TaskFailure(
                error: task.dispatch.credentialsRoleARN == nil
                    ? "ApiGateway.SdkClientException" : "States.Permissions",
                cause: text
            )
        case .service(let fault):
            TaskFailure(error: "ApiGateway.SdkClientException", cause: fault.message)
        case .unreachable(let endpoint, let fault):
            TaskFailure(
                error: "ApiGateway.SdkClientException",
                cause: "Unable to execute HTTP request to \(endpoint): \(fault)"
            )
        }
    }

    private func answer(_ request: OutgoingRequest) async throws -> OutgoingAnswer {
        do {
            return try await transport.send(request)
        } catch TransportFault.cancelled {
            throw CancellationError()
        } catch TransportFault.refused(let rule) {
            throw TaskFailure(error: "States.Permissions", cause: rule)
        } catch TransportFault.tooLarge(let limit) {
            throw TaskFailure(
                error: "States.DataLimitExceeded",
                cause: "The answer is larger than \(limit) bytes."
            )
        } catch {
            throw TaskFailure(
                error: "ApiGateway.SdkClientException",
                cause: "Unable to execute HTTP request: \(error)"
            )
        }
    }
}
