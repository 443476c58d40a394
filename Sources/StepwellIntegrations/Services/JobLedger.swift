import StepwellJSON
import Synchronization

/// What this life of the engine knows of the jobs of tasks that were given up, by the tasks'
/// idempotency keys: what the log does not hold, for whoever has to stop them.
final class JobLedger: Sendable {
    /// What is known of the job of a task.
    enum Knowledge: Sendable {
        /// Nothing: no part of the task was done in this life, or the service has refused it.
        case none
        /// It is being submitted or looked at.
        case inHand
        /// There is a job, which these parameters stop.
        case begun(JSONObject)
        /// No answer to its submission came: there may be a job.
        case doubtful
    }

    private struct State: Sendable {
        var inHand: Set<String> = []
        /// Of those that are in hand no more: the parameters that stop the job, if it is known.
        var givenUp: [String: JSONObject?] = [:]
        var order: [String] = []
    }

    private static let remembered = 4_096
    private let state = Mutex(State())

    /// A task is taken in hand.
    func begin(_ key: String) {
        state.withLock { _ = $0.inHand.insert(key) }
    }

    /// Nobody works on a task any more, and there is nothing to stop.
    func end(_ key: String) {
        state.withLock { _ = $0.inHand.remove(key) }
    }

    /// A task was given up whose job these parameters stop; nil when it is not known whether there
    /// is one.
    func giveUp(_ key: String, _ parameters: JSONObject?) {
        state.withLock { state in
            state.inHand.remove(key)
            if state.givenUp.updateValue(parameters, forKey: key) == nil { state.order.append(key) }
            guard state.order.count > Self.remembered else { return }
            let forgotten = state.order.prefix(Self.remembered / 2)
            for key in forgotten { state.givenUp[key] = nil }
            state.order.removeFirst(forgotten.count)
        }
    }

    /// What is known of the job of a task.
    func knowledge(_ key: String) -> Knowledge {
        state.withLock { state in
            if state.inHand.contains(key) { return .inHand }
            guard let known = state.givenUp[key] else { return .none }
            return known.map { .begun($0) } ?? .doubtful
        }
    }
}
