import StepwellEngine
import StepwellIntegrations
import StepwellJSON
import StepwellServer

/// A small client of the API, for sfnctl's own commands.
struct ServiceClient: Sendable {
    /// Whose operation is called: what `X-Amz-Target` begins with.
    enum Service: String, Sendable {
        case stepFunctions = "AWSStepFunctions"
        /// This product's own operations (``Operation/own``).
        case stepwell = "Stepwell"
        /// EventBridge's.
        case events = "AWSEvents"
        /// EventBridge Scheduler's, as one request body.
        case scheduler = "AWSScheduler"
        /// This product's own operations on triggers.
        case triggers = "StepwellTriggers"

        /// The service that its requests are signed for.
        var signingName: String {
            switch self {
            case .stepFunctions, .stepwell, .triggers: "states"
            case .events: "events"
            case .scheduler: "scheduler"
            }
        }
    }

    private static let transport = PooledTransport()

    /// How long an answer may take: that of what waits for work, or for an execution, longer.
    private static func patience(_ operation: String) -> Duration {
        switch operation {
        // AWS's own time-out of the action is five minutes.
        case "StartSyncExecution": .seconds(320)
        case "GetActivityTask": .seconds(75)
        default: .seconds(30)
        }
    }

    private let endpoint: Endpoint
    private let credentials: ShellCredentials
    private let clock: any EngineClock

    /// A client of the server at an endpoint; its requests are signed when there are credentials.
    init(
        endpoint: Endpoint,
        credentials: ShellCredentials = ShellCredentials(),
        clock: any EngineClock = SystemClock()
    ) {
        self.endpoint = endpoint
        self.credentials = credentials
        self.clock = clock
    }

    /// Calls an operation with the members of its request; gives the members of its response.
    ///
    /// Throws `ServiceError` when the server refuses, `UnreachableError` when no server answers,
    /// `CommandFailure` when there is something wrong with the credentials.
    func call(
        _ operation: String,
        _ members: JSONObject,
        of service: Service = .stepFunctions
    ) async throws -> JSONObject {
        var request = OutgoingRequest(
            method: "POST",
            url: "\(endpoint)/",
            headers: [
                ("X-Amz-Target", "\(service.rawValue).\(operation)"),
                ("Content-Type", "application/x-amz-json-1.0"),
                ("User-Agent", ProductVersion.product),
            ],
            body: JSONWriter.write(.object(members)),
            timeout: Self.patience(operation),
            maximumAnswerBytes: 64 << 20
        )
        do {
            if let found = try await credentials.find() {
                AWSSigner(service: service.signingName, region: try credentials.region())
                    .sign(&request, with: found, at: clock.now())
            }
        } catch .credentials(let problem) {
            throw CommandFailure(.badInput, problem)
        }
        let answer: OutgoingAnswer
        do {
            answer = try await Self.transport.send(request)
        } catch .cancelled {
            throw CancellationError()
        } catch {
            throw UnreachableError(endpoint: endpoint, error)
        }
        return try read(answer)
    }

    /// What the server measures, in Prometheus's text form; nil where it shows nothing of the kind.
    func metrics() async throws -> String? {
        let request = OutgoingRequest(
            method: "GET",
            url: "\(endpoint)/metrics",
            headers: [("User-Agent", ProductVersion.product)],
            timeout: .seconds(10)
        )
        guard let answer = try? await Self.transport.send(request), answer.status == 200 else {
            return nil
        }
        return String(decoding: answer.body, as: UTF8.self)
    }

    private func read(_ answer: OutgoingAnswer) throws -> JSONObject {
        let noService = UnreachableError(
            endpoint: endpoint,
            reason: "the answer (status \(answer.status)) is not from a Step Functions API"
        )
        guard case .object(let members)? = try? JSONParser.parse(answer.body) else {
            throw noService
        }
        guard answer.status != 200 else { return members }
        guard let code = members["__type"]?.stringValue else { throw noService }
        throw ServiceError(
            code: .init(rawValue: code),
            message: members["message"]?.stringValue ?? ""
        )
    }
}
