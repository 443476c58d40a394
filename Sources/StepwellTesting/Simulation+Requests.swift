package import StepwellEngine
package import StepwellHistory
import Synchronization

/// Where the answer to a simulated request arrives.
package final class Reply<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, ServiceError>?>(nil)

    package init() {}

    /// The answer, once it has left the shard.
    package var value: Result<Value, ServiceError>? { result.withLock { $0 } }

    /// What the request came to; nil while it is unanswered or when it failed.
    package var success: Value? {
        if case .success(let value)? = value { return value }
        return nil
    }

    /// The error; nil while it is unanswered or when it succeeded.
    package var error: ServiceError? {
        if case .failure(let error)? = value { return error }
        return nil
    }

    /// Records the answer, once.
    package func put(_ answer: Result<Value, ServiceError>) {
        result.withLock { $0 = answer }
    }
}

extension Simulation {
    private static let prefix = "arn:aws:states:us-east-1:000000000000"

    /// The ARN that a state machine of this name has.
    package static func stateMachineARN(_ name: String) -> String {
        "\(prefix):stateMachine:\(name)"
    }

    /// The ARN that an activity of this name has.
    package static func activityARN(_ name: String) -> String { "\(prefix):activity:\(name)" }

    /// Asks for a state machine to be created.
    @discardableResult
    package func createStateMachine(
        _ name: String,
        definition: String
    ) throws -> Reply<Catalog> {
        let compiled = try DefinitionCompiler.compile(definition)
        let request = CreateStateMachineRequest(
            name: name,
            definition: definition,
            roleARN: "arn:aws:iam::000000000000:role/test"
        )
        let arn = Self.stateMachineARN(name)
        let reply = Reply<Catalog>()
        send(
            .catalog(
                .change(
                    { (catalog, now) throws(ServiceError) in
                        try CatalogChange.creating(
                            request,
                            as: arn,
                            compiled: compiled,
                            in: catalog,
                            at: now
                        )
                    },
                    reply: { reply.put($0) }
                )
            )
        )
        return reply
    }

    /// Asks for an activity to be created.
    @discardableResult
    package func createActivity(_ name: String) -> Reply<Catalog> {
        let arn = Self.activityARN(name)
        let reply = Reply<Catalog>()
        send(
            .catalog(
                .change(
                    { (catalog, now) throws(ServiceError) in
                        try CatalogChange.creatingActivity(
                            name,
                            as: arn,
                            tags: [],
                            in: catalog,
                            at: now
                        )
                    },
                    reply: { reply.put($0) }
                )
            )
        )
        return reply
    }

    /// Asks for an execution to be started.
    @discardableResult
    package func start(
        _ stateMachine: String,
        name: String?,
        input: String = "{}"
    ) -> Reply<StartExecutionResponse> {
        let reply = Reply<StartExecutionResponse>()
        let command = StartCommand(
            stateMachineARN: Self.stateMachineARN(stateMachine),
            name: name,
            input: Payload(text: Array(input.utf8))
        ) { reply.put($0) }
        send(.start(command))
        return reply
    }

    /// Gives an input to an execution.
    @discardableResult
    package func send(
        _ input: Input,
        to execution: ExecutionNumber,
        secret: [UInt8]? = nil
    ) -> Reply<InputAnswer> {
        let reply = Reply<InputAnswer>()
        let command = InputCommand(execution: execution, input: input, secret: secret) {
            reply.put(.success($0))
        }
        send(.input(command))
        return reply
    }

    /// Asks for an execution to be redriven.
    @discardableResult
    package func redrive(
        _ execution: ExecutionNumber,
        clientToken: String? = nil
    ) -> Reply<Timestamp> {
        let reply = Reply<Timestamp>()
        let command = RedriveCommand(
            execution: execution,
            executionARN: "execution \(execution.rawValue)",
            clientToken: clientToken
        ) { reply.put($0) }
        send(.redrive(command))
        return reply
    }

    /// Asks for a state machine to be deleted.
    package func deleteStateMachine(_ name: String) {
        let arn = Self.stateMachineARN(name)
        send(
            .catalog(
                .change(
                    { (_, now) throws(ServiceError) in
                        CatalogChange(record: .stateMachineDeleted(arn: arn, date: now))
                    },
                    reply: { _ in }
                )
            )
        )
    }

    /// Asks for a task of an activity.
    @discardableResult
    package func poll(_ activity: String, id: UInt64) -> Reply<ActivityTask?> {
        let reply = Reply<ActivityTask?>()
        let command = PollCommand(
            id: RequestID(id),
            activityARN: Self.activityARN(activity),
            workerName: "worker"
        ) { reply.put($0) }
        send(.poll(command))
        return reply
    }

    /// The head of the execution with a name, as it is durable.
    package func head(of name: String, in stateMachine: String) -> ExecutionHead? {
        try? journal.head(named: name, in: Self.stateMachineARN(stateMachine))
    }
}
