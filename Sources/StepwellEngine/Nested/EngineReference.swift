import Synchronization

/// The engine, for connectors that it is opened with and that call it: those who ask before it is
/// open wait until it is.
final class EngineReference: Sendable {
    private struct State: Sendable {
        weak var engine: Engine?
        var isSet = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func set(_ engine: Engine) {
        let waiting = state.withLock { state in
            state.engine = engine
            state.isSet = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// The engine; nil when it is gone.
    func value() async -> Engine? {
        await withCheckedContinuation { continuation in
            let isSet = state.withLock { state in
                if !state.isSet { state.waiting.append(continuation) }
                return state.isSet
            }
            if isSet { continuation.resume() }
        }
        return state.withLock { $0.engine }
    }
}
