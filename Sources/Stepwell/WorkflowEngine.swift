import Logging
public import ServiceLifecycle
package import StepwellEngine
import StepwellStore
import StepwellTriggers

/// A durable workflow engine inside your process.
///
/// Open it on a directory, register a handler for each resource that your state machines name,
/// deploy the state machines and start executions. Every execution is an append-only log; when the
/// process dies, opening the directory again goes on where the log ends.
///
/// ```swift
/// let engine = try await WorkflowEngine.open(at: "/var/lib/orders") {
///     $0.handle("charge-card") { (order: Order, task) in
///         try await payments.charge(order, idempotencyKey: task.idempotencyKey)
///     }
/// }
/// try await engine.deployStateMachine("orders", definition: .file("orders.asl.json"))
/// engine.resume()
/// let execution = try await engine.start("orders", name: "order-17", input: order)
/// let receipt = try await execution.result(as: Receipt.self)
/// ```
///
/// What an operation answers is on disk. Transitions happen exactly once; handlers run at least
/// once, with the same idempotency key each time (see ``TaskContext``).
///
/// An engine is opened suspended: it takes starts and answers questions, and calls no handler
/// before ``run()`` or ``resume()``. So what an earlier life left unfinished waits until all that
/// the handlers need is there. As a `Service` (swift-service-lifecycle) it runs until the graceful
/// shutdown of its group; put it after the services that its handlers use.
///
/// ```swift
/// try await ServiceGroup(services: [database, engine, server], logger: logger).run()
/// ```
public final class WorkflowEngine: Service {
    package let engine: Engine
    let coding: PayloadCoding
    private let end = EndSignal()
    private let home: TriggerHome

    /// Opens the engine on a directory, which is created when it is missing.
    ///
    /// - Parameters:
    ///   - directory: The data directory, on a local file system; one process owns it at a time.
    ///   - configure: Registers handlers and changes settings before anything runs.
    /// - Returns: The engine, suspended; see ``resume()``.
    /// - Throws: ``StoreOpeningError`` when the directory is in use, cannot be written or holds
    ///   what cannot be right; what `configure` throws. It is in use, too, while this process holds
    ///   an engine that was shut down, or an ``Execution`` or a ``Listing`` of it.
    public static func open(
        at directory: String,
        _ configure: (inout Configuration) throws -> Void = { _ in }
    ) async throws -> WorkflowEngine {
        var configuration = Configuration()
        try configure(&configuration)
        return try await open(at: directory, configuration)
    }

    /// Opens the engine on a directory, has it run while an operation lasts, and shuts it down
    /// however that ends: for programs and tests that are no services.
    ///
    /// ```swift
    /// try await WorkflowEngine.withEngine(at: "data") {
    ///     $0.handle("greet") { (name: String) in "Hello \(name)" }
    /// } operation: { engine in
    ///     try await engine.deployStateMachine("greeting", definition: .file("greeting.asl.json"))
    ///     print(try await engine.start("greeting", input: "world").result(as: String.self))
    /// }
    /// ```
    ///
    /// - Throws: What ``open(at:_:)`` and `operation` throw.
    public static func withEngine<Result>(
        at directory: String,
        _ configure: (inout Configuration) throws -> Void = { _ in },
        operation: (WorkflowEngine) async throws -> Result
    ) async throws -> Result {
        let engine = try await open(at: directory, configure)
        engine.resume()
        do {
            let result = try await operation(engine)
            await engine.shutdown()
            return result
        } catch {
            await engine.shutdown()
            throw error
        }
    }

    /// Opens on the pool: an opening reads what is stored, which may take a while.
    @concurrent
    private static func open(
        at directory: String,
        _ configuration: Configuration
    ) async throws -> WorkflowEngine {
        do {
            let store = try LMDBEventStore.open(directory: directory)
            guard configuration.keepsTriggers else {
                return try WorkflowEngine(store: store, configuration: configuration)
            }
            let engine = try WorkflowEngine(store: store, configuration: configuration) {
                () throws(StoreError) in try LMDBTriggerStore(directory: directory)
            }
            // What was scheduled in another life is due in this one.
            guard LMDBTriggerStore.exists(in: directory) else { return engine }
            do {
                _ = try engine.home.triggers()
            } catch {
                await engine.shutdown()
                throw error
            }
            return engine
        } catch let error as StoreError {
            throw StoreOpeningError(error)
        }
    }

    /// An engine over a store that is open already; suspended, unless the configuration's own is
    /// not.
    ///
    /// `triggers` opens the store of schedules and rules when they are first wanted; without it
    /// there are none.
    package init(
        store: any EventStore,
        configuration: Configuration,
        triggers: (@Sendable () throws(StoreError) -> any TriggerStore)? = nil
    ) throws {
        let handlerHome = EngineHome(coding: configuration.coding, logger: configuration.logger)
        let handlers = configuration.handlers.map { ($0, $0.connector(handlerHome)) }
        var settings = configuration.engine
        settings.integrations.append(
            HandledFunctions(
                handlers: handlers.filter { $0.0.isFunction }.map(\.1),
                region: settings.region,
                account: settings.account,
                logger: settings.logger
            )
        )
        coding = configuration.coding
        let engine = try Engine(
            store: store,
            configuration: settings,
            connectors: handlers.map(\.1) + configuration.connectors,
            clock: configuration.clock
        )
        self.engine = engine
        home = TriggerHome { () throws(StoreError) in
            guard let triggers else { return nil }
            return try Triggers(
                store: try triggers(),
                engine: engine,
                logger: engine.configuration.logger
            )
        }
        handlerHome.set(self)
        engine.onReadOnly { [end] in end.raise(.storeUnavailable($0)) }
    }

    /// Whether no handler is called yet; see ``resume()``.
    public var isSuspended: Bool { engine.isSuspended }

    /// Has handlers called, for what an earlier life left unfinished and for what comes; done by
    /// ``run()``.
    ///
    /// Called again it does nothing.
    public func resume() {
        engine.resume()
        home.resume()
    }

    /// Loads the schedules and rules of an earlier life.
    ///
    /// - Throws: ``StepwellError`` when they cannot be read.
    package func openTriggers() throws { _ = try triggers() }

    /// What starts executions by itself.
    func triggers() throws -> Triggers {
        do {
            return try home.triggers()
        } catch let error as StoreError {
            throw ServiceError.storeUnavailable(error)
        }
    }

    /// Resumes, and runs until the task is cancelled or its service group shuts down gracefully;
    /// then shuts the engine down.
    ///
    /// - Throws: ``StepwellError`` `ServiceUnavailable` when the engine can go on no longer, since
    ///   nothing can be written any more: the directory is gone or damaged, or another process took
    ///   it. What was answered before is on disk; opened again, the engine goes on.
    public func run() async throws {
        resume()
        let failure = await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                await end.wait()
            } onGracefulShutdown: { [end] in
                end.raise()
            }
        } onCancel: { [end] in
            end.raise()
        }
        await shutdown()
        if let failure { throw failure }
    }

    /// Stops the engine: handlers are cancelled and what was decided is made durable.
    ///
    /// Unfinished executions go on when the directory is opened again; it is free for that when
    /// the engine and its ``Execution``s have been let go of.
    public func shutdown() async {
        end.raise()
        await home.shutdown()
        await engine.shutdown()
    }

    // MARK: Health

    /// Answers when the engine takes starts and has what it decided last on disk: for the readiness
    /// probe of a service.
    ///
    /// - Throws: ``StepwellError`` with what a start would be refused with now: the disk is full or
    ///   fails (`ServiceUnavailable`), there is too much to do (`ThrottlingException`), the engine
    ///   ends.
    public func checkReadiness() async throws { try await engine.checkReadiness() }

    /// Answers when the engine decides and makes durable what it decides, however much it has to
    /// do: for the liveness probe of a service.
    ///
    /// - Throws: ``StepwellError`` `ServiceUnavailable` with what keeps it from going on.
    public func checkProgress() async throws { try await engine.checkProgress() }
}
