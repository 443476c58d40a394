import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellTesting
import Synchronization
import Testing

/// `aws-sdk:sfn:…` (developer guide, "Using AWS SDK service integrations").
@Suite("Tasks that call the API", .timeLimit(.minutes(10)))
struct SDKActionTests {
    /// An API of one's own.
    private final class API: Sendable {
        let calls = Mutex<[(action: String, parameters: JSONObject)]>([])
        let error: ServiceError?

        init(error: ServiceError? = nil) {
            self.error = error
        }

        var actions: SDKActions {
            SDKActions(
                contains: { ["startExecution", "describeExecution"].contains($0) },
                perform: { [self] action, parameters, _ in
                    calls.withLock { $0.append((action, parameters)) }
                    if action == "startExecution", let error { throw error }
                    return .object(["ExecutionArn": "e", "StartDate": "d", "Name": "n"])
                }
            )
        }
    }

    private func run(
        _ api: API,
        _ resource: String,
        _ parameters: String = #"{"StateMachineArn":"m"}"#
    ) async throws -> DescribeExecutionResponse {
        var configuration = EngineConfiguration()
        configuration.silence()
        configuration.sdkActions = api.actions
        let engine = try Engine(
            store: SimulatedStore(),
            configuration: configuration,
            clock: VirtualClock(),
            entropy: SeededEntropy(seed: 7)
        )
        let arn = try await engine.create(
            "m",
            """
            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::\(resource)",
             "Parameters":\(parameters),"TimeoutSeconds":60,"End":true}}}
            """
        )
        let end = try await engine.waitForExecution(arn: try await engine.start(arn))
        await engine.shutdown()
        return end
    }

    @Test("The response is the task's result; a start without a name is named by its task")
    func result() async throws {
        let api = API()
        let end = try await run(api, "aws-sdk:sfn:startExecution")
        #expect(end.output?.string == #"{"ExecutionArn":"e","StartDate":"d","Name":"n"}"#)
        let parameters = try #require(api.calls.withLock { $0 }.first?.parameters)
        guard case .string(let name)? = parameters["Name"] else {
            Issue.record("no name")
            return
        }
        #expect(name.utf8.count == 36)
        let named = API()
        _ = try await run(named, "aws-sdk:sfn:startExecution", #"{"Name":"mine"}"#)
        #expect(named.calls.withLock { $0.first?.parameters["Name"] } == "mine")
    }

    @Test(
        "Errors are named as the SDK names them",
        arguments: [
            ("InvalidToken", "Sfn.InvalidTokenException", 400),
            ("ValidationException", "Sfn.ValidationException", 400),
            ("ConflictException", "Sfn.ConflictException", 409),
            ("ServiceUnavailable", "Sfn.SfnException", 503),
        ]
    )
    func errors(code: String, name: String, status: Int) async throws {
        let api = API(error: ServiceError(code: .init(rawValue: code), message: "why"))
        let end = try await run(api, "aws-sdk:sfn:startExecution")
        #expect(end.failure?.error == name)
        let cause = try #require(end.failure?.cause)
        #expect(cause.hasPrefix("why (Service: Sfn, Status Code: \(status), Request ID: "))
        #expect(cause.hasSuffix(") (SDK Attempt Count: 1)"))
    }

    @Test("What is no action has no handler; a callback waits for its token")
    func others() async throws {
        let none = try await run(API(), "aws-sdk:sfn:startExecutions")
        #expect(none.failure?.error == "Stepwell.NoHandler")
        let callback = try await run(API(), "aws-sdk:sfn:startExecution.waitForTaskToken")
        #expect(callback.failure?.error == "States.Timeout")
    }
}
