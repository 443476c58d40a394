package import StepwellHistory
package import StepwellLanguage

/// What a shard can be sent.
///
/// Indirect: it is passed on more often than it is looked into, and holds much.
package indirect enum ShardMessage: Sendable {
    case start(StartCommand)
    case input(InputCommand)
    case redrive(RedriveCommand)
    case watch(WatchCommand)
    case poll(PollCommand)
    /// The sender of a watch or poll no longer waits; it is answered with nothing.
    case cancel(RequestID)
    /// An activity task did not reach the worker that it was handed to.
    case handBack(TaskKey)
    case catalog(CatalogCommand)
    case child(ChildCommand)
    case state(StateCommand)
    /// The dispatcher has let go of what a queued task is to be done with, and asks for it again.
    case recall(RecallCommand)
    /// Something that the shard wanted read was read.
    case loaded(LoadResult)

    /// What it is taken back by, if it can be.
    var requestID: RequestID? {
        switch self {
        case .watch(let command): command.id
        case .poll(let command): command.id
        default: nil
        }
    }
}

/// Identifies a request that can be taken back.
package struct RequestID: Sendable, Hashable {
    package let rawValue: UInt64

    package init(_ rawValue: UInt64) {
        self.rawValue = rawValue
    }
}

/// Starts an execution.
package struct StartCommand: Sendable {
    /// The state machine's own ARN.
    package var stateMachineARN: String
    /// The version or alias that is started; nil for the revision in force.
    package var qualifier: StateMachineARN.Qualifier?
    /// The execution's name; nil when the engine makes one.
    package var name: String?
    /// Valid JSON within the payload limit.
    package var input: Payload
    package var traceHeader: String?
    package var testCase: String?
    /// Whether the caller waits for the end, which only Express workflows offer.
    package var isSynchronous = false
    /// The task that the execution is started for and that ends with it.
    package var nested: NestedMembership?
    /// See `StartExecutionRequest`.
    package var occurrence: String?
    /// Called instead of `reply` when the definition has to be compiled first, which the turn
    /// thread leaves to the caller; nil: it does it itself.
    package var prepare: (@Sendable (DefinitionRevision) -> Void)?
    /// What the caller has compiled, and holds whether there is room to keep it or not.
    package var compiled: [DefinitionDigest: StateMachineDefinition] = [:]
    package var reply: @Sendable (Result<StartExecutionResponse, ServiceError>) -> Void

    package init(
        stateMachineARN: String,
        qualifier: StateMachineARN.Qualifier? = nil,
        name: String?,
        input: Payload,
        traceHeader: String? = nil,
        testCase: String? = nil,
        reply: @escaping @Sendable (Result<StartExecutionResponse, ServiceError>) -> Void
    ) {
        self.stateMachineARN = stateMachineARN
        self.qualifier = qualifier
        self.name = name
        self.input = input
        self.traceHeader = traceHeader
        self.testCase = testCase
        self.reply = reply
    }

    /// The name that no other execution may have, or have had lately; nil when none is claimed:
    /// every start of an Express workflow is a new execution, unless it says what it is for.
    func claimedName(in type: StateMachineType) -> String? {
        switch type {
        case .standard: name
        case .express: name.flatMap { name in occurrence.map { "\(name):\($0)" } }
        }
    }
}

/// Gives an input to an execution.
package struct InputCommand: Sendable {
    package var execution: ExecutionNumber
    package var input: Input
    /// The secret half of the task token the sender showed; nil for senders that need none.
    package var secret: [UInt8]?
    package var reply: @Sendable (InputAnswer) -> Void

    package init(
        execution: ExecutionNumber,
        input: Input,
        secret: [UInt8]? = nil,
        reply: @escaping @Sendable (InputAnswer) -> Void
    ) {
        self.execution = execution
        self.input = input
        self.secret = secret
        self.reply = reply
    }
}

/// What became of an input.
package enum InputAnswer: Sendable {
    /// It is recorded; `time` is its turn's.
    case accepted(time: Timestamp)
    /// The execution's state has no use for it; `stopTime` when the execution is closed.
    case refused(stopTime: Timestamp?)
    /// There is no such execution, or the secret is not that of the task.
    case unknown
    /// It is not recorded, or it is not known whether it is.
    case failed(ServiceError)
}

/// Waits for an execution to get beyond an ordinal, or to close.
package struct WatchCommand: Sendable {
    package var id: RequestID
    package var execution: ExecutionNumber
    /// Answer as soon as there are records behind this one; nil: when the execution is closed.
    package var beyond: Ordinal?
    package var reply: @Sendable (Result<WatchAnswer, ServiceError>) -> Void

    package init(
        id: RequestID,
        execution: ExecutionNumber,
        beyond: Ordinal?,
        reply: @escaping @Sendable (Result<WatchAnswer, ServiceError>) -> Void
    ) {
        self.id = id
        self.execution = execution
        self.beyond = beyond
        self.reply = reply
    }
}

/// How far an execution has come.
package enum WatchAnswer: Sendable, Equatable {
    case reached(Ordinal, status: ExecutionStatus)
    /// It is closed, and this is what is known of it.
    case closed(DescribeExecutionResponse)
    case unknownExecution
    /// The watch was taken back.
    case cancelled
}

/// Asks for a task of an activity.
package struct PollCommand: Sendable {
    package var id: RequestID
    package var activityARN: String
    package var workerName: String?
    package var reply: @Sendable (Result<ActivityTask?, ServiceError>) -> Void

    package init(
        id: RequestID,
        activityARN: String,
        workerName: String?,
        reply: @escaping @Sendable (Result<ActivityTask?, ServiceError>) -> Void
    ) {
        self.id = id
        self.activityARN = activityARN
        self.workerName = workerName
        self.reply = reply
    }
}

/// Changes or reads the catalog.
package enum CatalogCommand: Sendable {
    /// Decides a change on the catalog as it is. The reply leaves when the change, or what the
    /// refusal rests on, is durable.
    case change(
        @Sendable (Catalog, Timestamp) throws(ServiceError) -> CatalogChange?,
        reply: @Sendable (Result<Catalog, ServiceError>) -> Void
    )
    /// Gives the catalog; the reply leaves when what was read is durable.
    case read(@Sendable (Result<Catalog, ServiceError>) -> Void)
}
