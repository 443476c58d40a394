import StepwellEngine
import StepwellTriggers
import Synchronization

/// The schedules and rules of an engine: opened when they are first wanted, begun when the
/// engine is resumed.
final class TriggerHome: Sendable {
    private struct State: Sendable {
        var triggers: Triggers?
        var isResumed = false
        var isClosed = false
    }

    private let state = Mutex(State())
    private let open: @Sendable () throws(StoreError) -> Triggers?

    /// `open` loads what is stored; it gives nil where nothing of the kind is kept.
    init(_ open: @escaping @Sendable () throws(StoreError) -> Triggers?) {
        self.open = open
    }

    /// The triggers, which take changes.
    ///
    /// - Throws: `StoreError` when what is stored cannot be read; `ServiceUnavailable` when the
    ///   engine ends; `ValidationException` where nothing of the kind is kept.
    func triggers() throws -> Triggers {
        try state.withLock { state in
            if state.isClosed { throw ServiceError.shuttingDown }
            if let triggers = state.triggers { return triggers }
            guard let triggers = try open() else {
                throw ServiceError(
                    code: .validation,
                    message: "This engine keeps no schedules and rules."
                )
            }
            state.triggers = triggers
            triggers.startRecording()
            if state.isResumed { triggers.start() }
            return triggers
        }
    }

    /// Has what is due done.
    func resume() {
        state.withLock { state in
            guard !state.isResumed, !state.isClosed else { return }
            state.isResumed = true
            state.triggers?.start()
        }
    }

    /// Ends; what is in the outbox is delivered in another life.
    func shutdown() async {
        let triggers = state.withLock { state in
            state.isClosed = true
            defer { state.triggers = nil }
            return state.triggers
        }
        await triggers?.shutdown()
    }
}
