import Logging
import StepwellEngine
import Synchronization

/// Where handlers find the engine that calls them, which is made after them.
final class EngineHome: Sendable {
    private struct State: Sendable {
        weak var engine: WorkflowEngine?
    }

    let coding: PayloadCoding
    let logger: Logger
    private let state = Mutex(State())

    init(coding: PayloadCoding, logger: Logger) {
        self.coding = coding
        self.logger = logger
    }

    func set(_ engine: WorkflowEngine) {
        state.withLock { $0.engine = engine }
    }

    /// The engine.
    ///
    /// - Throws: `ServiceUnavailable` before it is made, and when nobody has it any more.
    var engine: WorkflowEngine {
        get throws {
            guard let engine = state.withLock({ $0.engine }) else {
                throw ServiceError.shuttingDown
            }
            return engine
        }
    }
}
