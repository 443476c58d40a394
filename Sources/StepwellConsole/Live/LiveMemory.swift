import StepwellServer
import Synchronization

/// The newest events, for readers who come back.
final class LiveMemory: Sendable {
    private struct State: Sendable {
        /// What tells the events of one run of the hub from those of another.
        var run = UInt64.random(in: 0 ... .max)
        var count = 0
        var events: [LiveEvent] = []
    }

    private static let capacity = 1_000
    private let state = Mutex(State())

    /// Keeps an event under the next id; gives it.
    func add(_ kind: LiveEvent.Kind, _ fields: ResponseFields) -> LiveEvent {
        let data = fields
        return state.withLock { state in
            state.count += 1
            let id = "\(String(state.run, radix: 36))-\(state.count)"
            let event = LiveEvent(kind, id: id, data)
            state.events.append(event)
            if state.events.count > Self.capacity {
                state.events.removeFirst(Self.capacity / 2)
            }
            return event
        }
    }

    /// What came behind an id; a `reset` when that is not known any more, nothing for nil.
    func missed(since id: String?) -> [LiveEvent] {
        guard let id else { return [] }
        return state.withLock { state in
            let parts = id.split(separator: "-")
            guard parts.count == 2, parts[0] == String(state.run, radix: 36),
                let number = Int(parts[1]), number >= 0, number <= state.count,
                state.count - number <= state.events.count
            else { return [LiveEvent(.reset, ResponseFields())] }
            return state.events.suffix(state.count - number)
        }
    }

    /// Forgets everything: what happens from now on is not followed.
    func forget() {
        state.withLock { $0 = State() }
    }
}
