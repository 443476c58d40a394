public import Stepwell
import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellJSON
import Synchronization

/// Calls handlers as the engine calls them, without an engine: input and result go through JSON, an
/// error becomes the error name and cause that the task would fail with.
///
/// Give it the function with which the service registers its handlers:
///
/// ```swift
/// let harness = HandlerHarness { orders.register(in: &$0) }
/// let outcome = await harness.run("charge-card", input: Order(id: "17", cents: 4_200))
/// #expect(outcome.error == "CardDeclined")
/// ```
public struct HandlerHarness: Sendable {
    private let connectors: [any TaskConnector]
    private let region: String
    private let account: String
    private let coding: PayloadCoding

    /// The handlers that `configure` registers.
    public init(
        _ configure: (inout WorkflowEngine.Configuration) throws -> Void
    ) rethrows {
        var configuration = WorkflowEngine.Configuration()
        try configure(&configuration)
        connectors = configuration.everyConnector
        coding = configuration.coding
        region = configuration.region
        account = configuration.account
    }

    /// Has one task done by the handler that serves its resource.
    ///
    /// - Parameters:
    ///   - resource: As the `Resource` field of the Task state says it: a name or an ARN.
    ///   - input: The task's input, encoded to JSON.
    ///   - number: Which task it is: calls with the same number have the same
    ///     `idempotencyKey`, as deliveries of one task have.
    ///   - attempt: One more than the number of times that the state was retried.
    ///   - isRedelivery: Whether an earlier life of the engine may have made this call.
    ///   - token: The task token; made up for resources with `.waitForTaskToken`.
    /// - Returns: What it came to; `Stepwell.NoHandler`, as in an execution, when no handler serves
    ///   the resource.
    public func run(
        _ resource: String,
        input: some Encodable & Sendable,
        number: Int = 1,
        attempt: Int = 1,
        isRedelivery: Bool = false,
        token: String? = nil
    ) async -> HandlerOutcome {
        let beats = HeartbeatCount()
        let isCallback = resource.hasSuffix(".waitForTaskToken")
        let partition = Partition.of(region).name
        let prefix = "arn:\(partition):states:\(region):\(account)"
        do {
            let task = ConnectorTask(
                dispatch: dispatch(
                    resource,
                    Payload(try coding.encode(input)),
                    number,
                    attempt
                ),
                execution: ExecutionNumber(1),
                executionARN: "\(prefix):execution:harness:harness",
                stateMachineARN: "\(prefix):stateMachine:harness",
                token: token ?? (isCallback ? "token-\(number)" : nil),
                isRedelivery: isRedelivery,
                heartbeat: { beats.increment() }
            )
            guard let connector = connectors.first(where: { $0.serves(task.offer) }) else {
                let failure = Failure.noHandler(resource: resource, stateName: Self.stateName)
                return HandlerOutcome(failure, heartbeats: 0)
            }
            switch try await connector.run(task) {
            case .succeeded(let output), .submitted(let output), .submittedThen(let output, _):
                return HandlerOutcome(try output.value(), heartbeats: beats.count)
            }
        } catch {
            let failure =
                (error as? TaskFailure)?.failure
                ?? Failure(error: "States.TaskFailed", cause: String(describing: error))
            return HandlerOutcome(failure, heartbeats: beats.count)
        }
    }

    private static let stateName = "Harness"

    private func dispatch(
        _ resource: String,
        _ input: Payload,
        _ number: Int,
        _ attempt: Int
    ) -> TaskDispatch {
        TaskDispatch(
            ordinal: Ordinal(UInt64(number)),
            scheduledEventID: EventID(number),
            stateName: Self.stateName,
            retryCount: attempt - 1,
            resource: resource,
            parameters: input,
            tokenSecret: nil,
            timeoutInSeconds: nil,
            heartbeatInSeconds: nil,
            credentialsRoleARN: nil
        )
    }

    /// Has one task done twice, as when a crash came between the handler's effect and the record of
    /// its result; the handler should answer the second call as the first, and do nothing again.
    ///
    /// - Returns: What the two calls came to.
    public func redeliver(
        _ resource: String,
        input: some Encodable & Sendable,
        number: Int = 1
    ) async -> (first: HandlerOutcome, second: HandlerOutcome) {
        let first = await run(resource, input: input, number: number)
        let second = await run(resource, input: input, number: number, isRedelivery: true)
        return (first, second)
    }
}

/// How often a handler said that it is at work.
private final class HeartbeatCount: Sendable {
    private let beats = Atomic<Int>(0)

    var count: Int { beats.load(ordering: .relaxed) }

    func increment() {
        beats.add(1, ordering: .relaxed)
    }
}
