package import StepwellEngine
package import StepwellHistory
package import StepwellInterpreter
import Synchronization

/// The world outside a simulated engine: takes tasks, has them done by a script, and keeps the
/// handlers' own log of what they did.
package final class SimulatedWorld: EffectPerformer {
    /// What a task comes to.
    package enum Response: Sendable {
        case succeed(Payload)
        case fail(Failure)
        /// The first half of `.waitForTaskToken`.
        case submit(Payload)
        /// Nothing is ever heard of it.
        case vanish
    }

    /// One thing a handler did.
    package struct Deed: Sendable, Equatable {
        package let idempotencyKey: String
        package let resource: String
        package let parameters: [UInt8]
        /// Whether the engine said that it may have been done before.
        package let isRedelivery: Bool
    }

    private struct State: Sendable {
        var inHand: [TaskKey: TaskAssignment] = [:]
        var order: [TaskKey] = []
        var deeds: [Deed] = []
        var attempts: [String: Int] = [:]
        var closed: [ClosedExecution] = []
        var cancelled: [TaskKey] = []
        var errands: [ChildErrand] = []
        var data: [MapRunAssignment] = []
        var written: [ResultWrite] = []
        var stops: [TaskAssignment] = []
        var stopped: [TaskAssignment] = []
    }

    private let state = Mutex(State())
    private let respond: @Sendable (TaskAssignment, Int) -> Response
    private let dataset: SimulatedDataset

    /// A world whose tasks come to what `respond` says of each and of the number of its delivery
    /// (from 1), and whose Map Runs read from `dataset`.
    package init(
        dataset: SimulatedDataset = SimulatedDataset(),
        respond: @escaping @Sendable (TaskAssignment, Int) -> Response
    ) {
        self.dataset = dataset
        self.respond = respond
    }

    /// Takes a task in hand, or lets go of it.
    package func perform(_ effect: DispatchedEffect) {
        state.withLock { state in
            switch effect {
            case .dispatch(let assignment):
                guard state.inHand[assignment.key] == nil else { return }
                state.inHand[assignment.key] = assignment
                state.order.append(assignment.key)
            case .cancel(let key):
                state.cancelled.append(key)
                state.inHand[key] = nil
                state.order.removeAll { $0 == key }
            case .child(let errand):
                state.errands.append(errand)
            case .data(let assignment):
                state.data.append(assignment)
            case .stop(let assignment):
                state.stops.append(assignment)
            }
        }
    }

    /// Whether a task is waiting, or its result was not taken yet.
    package func holds(_ task: TaskKey) -> Bool {
        state.withLock { $0.inHand[task] != nil }
    }

    /// Notes that an execution closed.
    package func observe(_ execution: ClosedExecution) {
        state.withLock { $0.closed.append(execution) }
    }

    // MARK: For the simulation and its checkers

    /// Everything handlers did, in order, over all lives of the engine.
    package var deeds: [Deed] { state.withLock { $0.deeds } }

    /// The executions that the engine said had closed.
    package var closed: [ClosedExecution] { state.withLock { $0.closed } }

    /// The tasks that were called back.
    package var cancelled: [TaskKey] { state.withLock { $0.cancelled } }

    /// The tasks that wait for their handler.
    package var waitingCount: Int { state.withLock { $0.order.count } }

    /// Lets the handler of one waiting task run and gives what it came to.
    ///
    /// The task stays in hand until `settle`.
    package func run(at index: Int) -> (key: TaskKey, assignment: TaskAssignment, Response)? {
        let taken = state.withLock { state -> (TaskAssignment, Int)? in
            guard state.order.indices.contains(index) else { return nil }
            let key = state.order.remove(at: index)
            guard let assignment = state.inHand[key] else { return nil }
            let idempotencyKey = assignment.idempotencyKey
            state.deeds.append(
                Deed(
                    idempotencyKey: idempotencyKey,
                    resource: assignment.dispatch.resource,
                    parameters: assignment.dispatch.parameters.text,
                    isRedelivery: assignment.isRedelivery
                )
            )
            let attempt = state.attempts[idempotencyKey, default: 0] + 1
            state.attempts[idempotencyKey] = attempt
            return (assignment, attempt)
        }
        guard let (assignment, attempt) = taken else { return nil }
        return (assignment.key, assignment, respond(assignment, attempt))
    }

    /// The errands between executions that wait to be done.
    package var errandCount: Int { state.withLock { $0.errands.count } }

    /// The jobs that were stopped, in order, over all lives of the engine.
    package var stoppedJobs: [TaskKey] { state.withLock { $0.stopped.map(\.key) } }

    /// How many of them were said to be of tasks that an earlier life may have begun.
    package var stopsOfEarlierLives: Int {
        state.withLock { $0.stopped.count { $0.isRedelivery } }
    }

    /// How many jobs are to be stopped.
    package var stopCount: Int { state.withLock { $0.stops.count } }

    /// Stops the job of a task that is over, if one is to be; the task.
    package func stopJob() -> TaskKey? {
        state.withLock { state in
            guard !state.stops.isEmpty else { return nil }
            let stop = state.stops.removeFirst()
            state.stopped.append(stop)
            return stop.key
        }
    }

    /// Takes an errand, to be done.
    package func takeErrand(at index: Int) -> ChildErrand? {
        state.withLock { state in
            state.errands.indices.contains(index) ? state.errands.remove(at: index) : nil
        }
    }

    /// The reads and writes of Map Runs that wait to be done.
    package var dataCount: Int { state.withLock { $0.data.count } }

    /// The results that were written, once for each time.
    package var written: [ResultWrite] { state.withLock { $0.written } }

    /// Does a read or write of a Map Run; the input says what it came to.
    package func takeData(at index: Int) -> (MapRunAssignment, Input)? {
        let taken = state.withLock { state -> MapRunAssignment? in
            guard state.data.indices.contains(index) else { return nil }
            let assignment = state.data.remove(at: index)
            if case .write(let write) = assignment.work { state.written.append(write) }
            return assignment
        }
        return taken.map { ($0, dataset.answer(to: $0)) }
    }

    /// The result of a task was taken or refused.
    package func settle(_ key: TaskKey) {
        state.withLock { $0.inHand[key] = nil }
    }

    /// The process is gone: everything in hand is forgotten, what was done stays done.
    package func crash() {
        state.withLock { state in
            state.inHand = [:]
            state.order = []
            state.errands = []
            state.data = []
            state.stops = []
        }
    }
}

extension TaskAssignment {
    /// The same for every delivery of the task.
    package var idempotencyKey: String {
        "\(executionARN)/\(dispatch.scheduledEventID)"
    }
}
