import Logging
public import ServiceLifecycle
package import StepwellEngine
import StepwellStore

/// A durable workflow engine inside your process.
///
/// Open it on a directory, register a handler for each resource that your state machines name,
/// create the state machines and start executions. Every execution is an append-only log; when the
/// process dies, opening the directory again goes on where the log ends.
///
/// ```swift
/// let stepwell = try await Stepwell.open(at: "/var/lib/orders") {
///     $0.handle("charge-card") { (order: Order, task) in
///         try await payments.charge(order, idempotencyKey: task.idempotencyKey)
///     }
/// }
/// try await stepwell.createStateMachine("orders", definition: .file("orders.asl.json"))
/// let execution = try await stepwell.start("orders", name: "order-17", input: order)
/// let receipt = try await execution.result(as: Receipt.self)
/// ```
///
/// What an operation answers is on disk. Transitions happen exactly once; handlers run at least
/// once, with the same idempotency key each time (see ``TaskContext``).
///
/// As a `Service` (swift-service-lifecycle) it runs until the graceful shutdown of its group.
public final class Stepwell: Service {
    package let engine: Engine
    private let runner = ShutdownSignal()

    /// Opens the engine on a directory, which is created when it is missing, and starts it.
    ///
    /// - Parameters:
    ///   - directory: The data directory, on a local file system; one process owns it at a time.
    ///   - configure: Registers handlers and changes settings before anything runs.
    /// - Returns: The engine, running.
    /// - Throws: ``StoreOpeningError`` when the directory is in use, cannot be written or holds
    ///   what cannot be right; what `configure` throws.
    public static func open(
        at directory: String,
        _ configure: (inout Configuration) throws -> Void = { _ in }
    ) async throws -> Stepwell {
        var configuration = Configuration()
        try configure(&configuration)
        do {
            let store = try LMDBEventStore.open(directory: directory)
            return try Stepwell(store: store, configuration: configuration)
        } catch let error as StoreError {
            throw StoreOpeningError(error)
        }
    }

    /// An engine over a store that is open already.
    package init(store: any EventStore, configuration: Configuration) throws {
        var settings = configuration.engine
        settings.integrations.append(HandledFunctions(configuration))
        engine = try Engine(
            store: store,
            configuration: settings,
            connectors: configuration.connectors,
            clock: configuration.clock
        )
    }

    /// Runs until the task is cancelled or its service group shuts down gracefully, then shuts the
    /// engine down.
    public func run() async throws {
        await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                await runner.wait()
            } onGracefulShutdown: { [runner] in
                runner.raise()
            }
        } onCancel: { [runner] in
            runner.raise()
        }
        await shutdown()
    }

    /// Stops the engine: handlers are cancelled and what was decided is made durable.
    ///
    /// Unfinished executions go on when the directory is opened again; it is free for that when
    /// the engine and its ``Execution``s have been let go of.
    public func shutdown() async {
        runner.raise()
        await engine.shutdown()
    }
}
