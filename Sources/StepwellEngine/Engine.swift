import Logging
import StepwellHistory
import Synchronization

/// The engine: every operation of the API, over one store.
///
/// Operations are `async` and answer when what they say is durable. They throw `ServiceError`;
/// those that wait also throw `CancellationError` when their task is cancelled.
package final class Engine: Sendable {
    package let configuration: EngineConfiguration
    package let store: any EventStore
    package let clock: any EngineClock
    package let registry: ConnectorRegistry
    let entropy: any Entropy
    let shard: Shard
    /// Rings when there is more of the log.
    let commits: CommitBell
    let dispatcher: EffectDispatcher
    /// Reads what is stored.
    let reads: ReadPool
    /// Has definitions judged, compiled and described, and states tried, which may take a while.
    ///
    /// What a start needs compiled is brief.
    package let judging: ReadPool
    /// Tells executions' stories, for those who look at them.
    let stories: StoryTeller
    /// Which children of Map Runs cannot be redriven any more.
    let lostChildren: LostChildren
    private let lastRequest = Atomic<UInt64>(0)
    private let isShutDown = Atomic<Bool>(false)

    /// Opens an engine over a store and starts it: reads the catalog and the timers, takes up
    /// what an earlier life left unfinished, loads no state before it is needed.
    ///
    /// Throws `StoreError` when the store cannot be read.
    package init(
        store: any EventStore,
        configuration: EngineConfiguration = EngineConfiguration(),
        connectors: [any TaskConnector] = [],
        clock: any EngineClock = SystemClock(),
        entropy: any Entropy = SystemEntropy()
    ) throws {
        guard store.identity.shardCount == 1 else {
            throw StoreError(
                .unusable,
                "the store is one of \(store.identity.shardCount) shards; this version runs one"
            )
        }
        self.configuration = configuration
        self.store = store
        self.clock = clock
        self.entropy = entropy
        reads = ReadPool(limits: configuration.limits)
        stories = StoryTeller(store: store, byteLimit: configuration.limits.storyBytes)
        judging = ReadPool(limits: configuration.limits, name: "judging")
        lostChildren = LostChildren(configuration: configuration, store: store, reads: reads)
        let reference = EngineReference()
        registry = ConnectorRegistry(
            connectors + configuration.connectors(of: reference)
        )
        let observer = EngineObserver()
        dispatcher = EffectDispatcher(
            registry: registry,
            mapRuns: MapRunWorker(engine: reference, configuration: configuration),
            permissions: configuration.permissions,
            limits: configuration.limits,
            isSuspended: configuration.isSuspended,
            logger: configuration.logger,
            observer: observer
        )
        let core = try ShardCore(
            store: store,
            entropy: entropy,
            performer: configuration.initiative == .nothing ? IdlePerformer() : dispatcher,
            configuration: configuration
        )
        let commits = CommitBell()
        self.commits = commits
        shard = Shard(
            core: core,
            dispatcher: dispatcher,
            observer: observer,
            clock: clock,
            commits: commits
        )
        let mailbox = shard.mailbox
        dispatcher.connect(
            { execution, input in
                await Self.send(input, to: execution, secret: nil, via: mailbox, by: .engine)
            },
            children: { Self.send(.child($0), via: mailbox, by: .engine) },
            recall: { key in
                await withCheckedContinuation { continuation in
                    let command = RecallCommand(task: key) { continuation.resume(returning: $0) }
                    Self.send(.recall(command), via: mailbox, by: .engine)
                }
            }
        )
        reference.set(self)
    }

    /// Whether the engine has begun to end.
    package var isShuttingDown: Bool { isShutDown.load(ordering: .acquiring) }

    /// Stops the engine: tasks are cancelled, what was decided is made durable, waiting callers
    /// told; within `shutdownMilliseconds`, whatever a handler or the disk does.
    ///
    /// Everything unfinished goes on when an engine is opened over the store again.
    package func shutdown() async {
        guard !isShutDown.exchange(true, ordering: .acquiringAndReleasing) else { return }
        let milliseconds = configuration.limits.shutdownMilliseconds
        // The shard needs time as well, to make durable what was decided.
        await dispatcher.close(by: Deadline(milliseconds: milliseconds / 2))
        await shard.stop(by: Deadline(milliseconds: milliseconds / 2))
        commits.close()
    }

    // MARK: Ways into the shard

    func nextRequest() -> RequestID {
        RequestID(lastRequest.add(1, ordering: .relaxed).newValue)
    }

    /// Sends a message, or says why it cannot be sent.
    static func send(
        _ message: ShardMessage,
        via mailbox: Mailbox,
        by sender: Mailbox.Sender = .caller
    ) {
        switch mailbox.send(message, by: sender) {
        case .admitted: return
        case .full: message.refuse(.throttled)
        case .closed: message.refuse(.shuttingDown)
        }
    }

    /// Gives an input to an execution and says what became of it.
    static func send(
        _ input: Input,
        to execution: ExecutionNumber,
        secret: [UInt8]?,
        via mailbox: Mailbox,
        by sender: Mailbox.Sender = .caller
    ) async -> InputAnswer {
        await withCheckedContinuation { continuation in
            let command = InputCommand(execution: execution, input: input, secret: secret) {
                continuation.resume(returning: $0)
            }
            send(.input(command), via: mailbox, by: sender)
        }
    }

    /// Decides a change of the catalog on the turn thread and answers when it is durable.
    func changeCatalog(
        _ decide: @escaping @Sendable (Catalog, Timestamp) throws(ServiceError) -> CatalogChange?
    ) async throws -> Catalog {
        try await withCheckedThrowingContinuation { continuation in
            let command = CatalogCommand.change(decide) { result in
                continuation.resume(with: result.mapError { $0 as any Error })
            }
            Self.send(.catalog(command), via: shard.mailbox)
        }
    }

    /// Reads the catalog as it was at some time since the call; what was read is durable.
    ///
    /// The query runs in the caller's task, not on the turn thread; it may not ask for the text of
    /// a definition, which may have to be read (see `judging`).
    func readCatalog<Value: Sendable>(
        by sender: Mailbox.Sender = .caller,
        _ query: (Catalog) throws(ServiceError) -> Value
    ) async throws -> Value {
        let catalog: Catalog = try await withCheckedThrowingContinuation { continuation in
            let command = CatalogCommand.read { result in
                continuation.resume(with: result.mapError { $0 as any Error })
            }
            Self.send(.catalog(command), via: shard.mailbox, by: sender)
        }
        return try query(catalog)
    }
}
