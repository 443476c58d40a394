import Dispatch
import Synchronization

/// Knows the stamp of a directory's code, and looks again as often as a fiftieth of the time
/// allows: of a small directory every few milliseconds.
final class CodeWatch: Sendable {
    private struct State: Sendable {
        var stamp: CodeStamp?
        /// When it is looked at again; nil while somebody looks.
        var due: ContinuousClock.Instant? = .now
    }

    private let directory: String
    private let state = Mutex(State())

    init(directory: String) {
        self.directory = directory
    }

    /// The stamp, as it was not long ago.
    func stamp() async -> CodeStamp {
        let known = state.withLock { state -> CodeStamp? in
            guard let stamp = state.stamp else { return nil }
            guard let due = state.due, due <= .now else { return stamp }
            state.due = nil
            return nil
        }
        if let known { return known }
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [self] in continuation.resume(returning: look()) }
        }
    }

    private func look() -> CodeStamp {
        let begin = ContinuousClock.now
        let stamp = CodeStamp(directory: directory)
        let end = ContinuousClock.now
        state.withLock { state in
            state.stamp = stamp
            state.due = end + (end - begin) * 50
        }
        return stamp
    }
}
