import Synchronization

/// A rest of a task: while it lasts, nothing but the engine itself or its clock brings the task on,
/// so that a virtual clock may skip ahead.
///
///     ready ──begin──▶ resting ──end──▶ over
///       └────────────end─────────────▶ over
///
/// Whoever wakes the task ends its rest before the task runs again: no time is skipped in between.
package final class TaskRest: Sendable {
    private enum State: Sendable {
        case ready
        case resting
        case over
    }

    private let state = Mutex(State.ready)
    private let begun: @Sendable () -> Void
    private let ended: @Sendable () -> Void

    /// A rest that tells when it begins and when it ends.
    init(begun: @escaping @Sendable () -> Void, ended: @escaping @Sendable () -> Void) {
        self.begun = begun
        self.ended = ended
    }

    /// The rest of what counts as no work in hand.
    package static func uncounted() -> TaskRest { TaskRest(begun: {}, ended: {}) }

    /// Begins it, unless it is over already.
    func begin() {
        let begins = state.withLock { state in
            guard case .ready = state else { return false }
            state = .resting
            return true
        }
        if begins { begun() }
    }

    /// Ends it; a rest that is over does not begin again.
    func end() {
        let ends = state.withLock { state in
            defer { state = .over }
            guard case .resting = state else { return false }
            return true
        }
        if ends { ended() }
    }
}
