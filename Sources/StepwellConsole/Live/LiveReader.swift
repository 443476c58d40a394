import StepwellEngine
import StepwellServer
import Synchronization

/// One reader of a stream: what it was not sent yet, within a bound.
///
/// A reader that is too slow for what happens is told to read anew (`reset`), once.
final class LiveReader: Sendable {
    private struct State: Sendable {
        var pending: [UInt8] = []
        /// The numbers of executions that it was told.
        var counts: StatusCounts?
        var isClosed = false
        /// Turns of the hub since something was last sent.
        var silence = 0
        var waiter: CheckedContinuation<Void, Never>?
    }

    let topics: LiveTopics
    /// Whether its user is still signed in.
    let isAllowed: @Sendable () -> Bool
    private let state: Mutex<State>

    /// What is held for a reader at most.
    private static let capacity = 256 << 10

    init(_ topics: LiveTopics, isAllowed: @escaping @Sendable () -> Bool) {
        self.topics = topics
        self.isAllowed = isAllowed
        state = Mutex(State())
    }

    /// Gives it what its stream begins with, before whatever it was sent meanwhile.
    func begin(with bytes: [UInt8]) {
        wake { $0.pending = bytes + $0.pending }
    }

    /// Tells it how many executions there are, unless it knows.
    func tell(_ counts: StatusCounts) {
        let isNews = state.withLock { state in
            defer { state.counts = counts }
            return state.counts != counts
        }
        if isNews { send(LiveEvent(.counts, .counts(counts)).bytes) }
    }

    /// Gives it events; nothing when it is told to read anew for them.
    func send(_ bytes: [UInt8]) {
        wake { state in
            if state.pending.count + bytes.count > Self.capacity {
                state.pending = LiveEvent(.reset, ResponseFields()).bytes
            } else {
                state.pending += bytes
            }
        }
    }

    /// Notes that a turn of the hub is over; after so many in silence a comment is sent, so that
    /// everybody on the way sees that there is a stream.
    func pass(silenceLimit: Int) {
        let isSilent = state.withLock { state in
            state.silence += 1
            return state.silence >= silenceLimit
        }
        if isSilent { send(Array(": alive\n\n".utf8)) }
    }

    /// Ends the stream behind what was sent.
    func close() {
        wake { $0.isClosed = true }
    }

    private func wake(_ change: (inout State) -> Void) {
        let waiter = state.withLock { state in
            change(&state)
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    /// The next bytes; nil when the stream ends, or the task that asks is cancelled.
    func next() async -> [UInt8]? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    if !state.pending.isEmpty || state.isClosed || Task.isCancelled { return true }
                    state.waiter = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            close()
        }
        return state.withLock { state in
            guard !state.pending.isEmpty, !Task.isCancelled else { return nil }
            defer { state.pending = [] }
            state.silence = 0
            return state.pending
        }
    }
}
