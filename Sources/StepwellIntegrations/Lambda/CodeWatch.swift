import Dispatch
import Synchronization

/// Knows the revision of a directory's code, and looks again as often as a fiftieth of a
/// processor's time allows: of a small directory every few milliseconds.
///
/// Revisions are counted from 1, so that who asks at the same time knows which is newer.
final class CodeWatch: Sendable {
    private struct State: Sendable {
        var stamp: CodeStamp?
        var revision: UInt64 = 0
        /// When it is looked at again; nil while somebody looks.
        var due: ContinuousClock.Instant? = .now
    }

    private let directory: String
    private let state = Mutex(State())

    init(directory: String) {
        self.directory = directory
    }

    /// The revision, as it was not long ago.
    func revision() async -> UInt64 {
        let known = state.withLock { state -> UInt64? in
            guard state.stamp != nil else { return nil }
            guard let due = state.due, due <= .now else { return state.revision }
            state.due = nil
            return nil
        }
        if let known { return known }
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [self] in continuation.resume(returning: look()) }
        }
    }

    private func look() -> UInt64 {
        let begin = ThreadTime.used()
        let stamp = CodeStamp(directory: directory)
        let cost = ThreadTime.used() - begin
        return state.withLock { state in
            if state.stamp != stamp { state.revision += 1 }
            state.stamp = stamp
            state.due = .now + cost * 50
            return state.revision
        }
    }
}
