import StepwellEngine
import Synchronization

/// How far what the file shows is believed, after a commit whose outcome LMDB did not know.
final class Trust: Sendable {
    private struct State {
        /// The end of what is believed; nil: everything.
        var end: UInt64?
        /// Why the store takes nothing more.
        var error: StoreError?
    }

    private let state = Mutex(State())

    /// Believes no batch from `position` on, until `restore`.
    func suspend(at position: UInt64) {
        state.withLock { $0.end = $0.end ?? position }
    }

    /// Believes everything again.
    func restore() {
        state.withLock { $0.end = nil }
    }

    /// Takes nothing more; never taken back.
    func end(_ error: StoreError) {
        state.withLock { $0.error = $0.error ?? error }
    }

    /// Whether more is taken.
    var isWhole: Bool { state.withLock { $0.error == nil } }

    /// Throws when nothing more is taken.
    func check() throws(StoreError) {
        if let error = state.withLock({ $0.error }) { throw error }
    }

    /// The part before `position` of what is believed.
    func believed(_ position: UInt64) -> UInt64 {
        state.withLock { min($0.end ?? position, position) }
    }
}
