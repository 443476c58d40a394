package import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellJSON

/// HTTP Tasks (`http:invoke`): requests to any API, as the connection of their definition says.
///
/// Redirects are not followed; an exchange takes 60 seconds at most, its answer 256 KiB.
package final class HTTPTaskConnector: TaskConnector {
    private let transport: any HTTPTransport
    private let settings: LiveSettings
    private let region: String
    private let tokens: ConnectionTokens

    /// A connector that knows the connections of the settings.
    package init(
        transport: any HTTPTransport,
        settings: LiveSettings,
        region: String,
        clock: any EngineClock = SystemClock()
    ) {
        self.transport = transport
        self.settings = settings
        self.region = region
        tokens = ConnectionTokens(transport: transport, clock: clock)
    }

    package func serves(_ resource: String) -> Bool {
        guard let parts = IntegrationResource(resource) else { return false }
        return parts.type == "http" && parts.action == "invoke" && parts.pattern == .request
    }

    package func run(_ task: ConnectorTask) async throws -> TaskOutcome {
        let request = try HTTPTaskRequest(try task.dispatch.parameters.value())
        let connection = try connection(request.connectionARN)
        var answer = try await exchange(request, connection, task)
        if answer.status == 401, case .oauthClientCredentials(let client) = connection.authorization
        {
            // The token may have been called back before its time.
            tokens.forget(client)
            answer = try await exchange(request, connection, task)
        }
        return .succeeded(Payload(try result(answer)))
    }

    /// The connection of an ARN: `arn:aws:events:REGION:ACCOUNT:connection/NAME/ID`.
    private func connection(_ arn: String) throws -> ConnectionSettings {
        let connections = settings.current.connections
        let name =
            arn.split(separator: ":", maxSplits: 5).last
            .map { $0.split(separator: "/") } ?? []
        let found =
            connections.first { $0.arn == arn }
            ?? connections.first {
                $0.arn == nil && name.count > 1 && name[0] == "connection" && name[1] == $0.name
            }
        guard let found else {
            throw TaskFailure(
                error: "Events.ConnectionResource.ResourceNotFound",
                cause: "There is no connection '\(arn)'; the configuration names those that are "
                    + "here under 'connections'."
            )
        }
        return found
    }

    private func exchange(
        _ task: HTTPTaskRequest,
        _ connection: ConnectionSettings,
        _ connectorTask: ConnectorTask
    ) async throws -> OutgoingAnswer {
        var headers = task.headers
        var secrets: Set<String> = []
        for header in connection.headers {
            headers.set(header.name, header.value.reveal())
            secrets.insert(header.name.lowercased())
        }
        var query = task.query
        for parameter in connection.query { query.set(parameter.name, parameter.value.reveal()) }
        let body = try task.content(adding: connection.body)
        if !body.isEmpty, !headers.contains("Content-Type") {
            let type = task.form == nil ? "application/json; charset=UTF-8" : Self.formType
            headers.set("Content-Type", type)
        }
        headers.set("User-Agent", "Amazon|StepFunctions|HttpInvoke|\(region)")
        headers.set("Range", "bytes=0-\(Self.answerBytes)")
        secrets.insert(try await authorize(&headers, by: connection.authorization))
        let request = OutgoingRequest(
            method: task.method,
            url: URLText.url(task.endpoint, adding: query.fields),
            headers: headers.fields,
            body: body,
            timeout: .seconds(60),
            maximumAnswerBytes: Self.answerBytes
        )
        return try await send(request, Shown(secrets: secrets, task, connection), connectorTask)
    }

    private static let answerBytes = 262_144
    private static let formType = "application/x-www-form-urlencoded"

    /// Says who calls; gives the name of the header that says it.
    private func authorize(
        _ headers: inout HTTPFields,
        by authorization: ConnectionSettings.Authorization
    ) async throws -> String {
        switch authorization {
        case .basic(let username, let password):
            let pair = Array("\(username.reveal()):\(password.reveal())".utf8)
            headers.set("Authorization", "Basic \(Base64.encode(pair))")
            return "authorization"
        case .apiKey(let header, let value):
            headers.set(header, value.reveal())
            return header.lowercased()
        case .oauthClientCredentials(let client):
            headers.set("Authorization", "Bearer \(try await tokens.token(client))")
            return "authorization"
        }
    }

    /// What of a request TestState may show.
    private struct Shown {
        let secrets: Set<String>
        /// The query and the body of the definition alone; nil when the connection adds nothing.
        let query: [(name: String, value: String)]?
        let hidesBody: Bool
        let endpoint: String

        init(secrets: Set<String>, _ task: HTTPTaskRequest, _ connection: ConnectionSettings) {
            self.secrets = secrets
            query = connection.query.isEmpty ? nil : task.query.fields
            hidesBody = !connection.body.isEmpty
            endpoint = task.endpoint
        }

        func inspected(_ request: OutgoingRequest, revealing: Bool) -> InspectedExchange.Request {
            let headers = request.headers.map { header in
                let isSecret = !revealing && secrets.contains(header.name.lowercased())
                return "\(header.name): \(isSecret ? "[hidden]" : header.value)"
            }
            let url = query.flatMap { revealing ? nil : URLText.url(endpoint, adding: $0) }
            let text = String(decoding: request.body, as: UTF8.self)
            return InspectedExchange.Request(
                scheme: URLText.scheme(request.url) ?? "https",
                method: request.method,
                url: url ?? request.url,
                headers: "[\(headers.joined(separator: ", "))]",
                body: request.body.isEmpty ? nil : hidesBody && !revealing ? "[hidden]" : text
            )
        }
    }

    private func send(
        _ request: OutgoingRequest,
        _ shown: Shown,
        _ task: ConnectorTask
    ) async throws -> OutgoingAnswer {
        var exchange = task.inspector.map {
            InspectedExchange(
                request: shown.inspected(request, revealing: $0.revealsSecrets)
            )
        }
        if let exchange { task.inspector?.note(exchange) }
        do {
            let answer = try await transport.send(request)
            if let inspected = exchange?.request {
                exchange = InspectedExchange(
                    request: inspected,
                    response: Self.inspected(answer, inspected.scheme)
                )
                if let exchange { task.inspector?.note(exchange) }
            }
            return answer
        } catch TransportFault.cancelled {
            throw CancellationError()
        } catch TransportFault.tooLarge(let limit) {
            throw TaskFailure(
                error: "States.DataLimitExceeded",
                cause: "The answer is larger than \(limit) bytes."
            )
        } catch TransportFault.refused(let rule) {
            throw TaskFailure(error: "States.Permissions", cause: rule)
        } catch TransportFault.timeout {
            throw TaskFailure(
                error: "States.Http.Socket",
                cause: "The HTTP request timed out after 60 seconds."
            )
        } catch {
            throw TaskFailure(error: "States.Http.Socket", cause: "\(error)")
        }
    }

    private static func inspected(
        _ answer: OutgoingAnswer,
        _ scheme: String
    ) -> InspectedExchange.Response {
        let result = HTTPResult(answer)
        let headers = answer.headers.map { "\($0.name): \($0.value)" }.joined(separator: ", ")
        return InspectedExchange.Response(
            scheme: scheme,
            statusCode: String(answer.status),
            statusMessage: result.statusText,
            headers: "[\(headers)]",
            body: result.text
        )
    }

    private func result(_ answer: OutgoingAnswer) throws(TaskFailure) -> JSONValue {
        let result = HTTPResult(answer)
        let type = result.mediaType
        let isBinary =
            type == "application/octet-stream"
            || ["image/", "video/", "audio/"].contains(where: type.hasPrefix)
        guard !isBinary else {
            throw .runtime("An HTTP Task cannot take an answer of the type '\(type)'")
        }
        guard result.text != nil else {
            throw .runtime("An HTTP Task cannot take an answer that is not UTF-8 text")
        }
        guard result.isSuccess else {
            throw TaskFailure(
                error: "States.Http.StatusCode.\(answer.status)",
                cause: result.cause
            )
        }
        return result.value
    }
}
