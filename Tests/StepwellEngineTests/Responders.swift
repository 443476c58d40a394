import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellTesting

/// What handlers of tests answer.
enum Responders {
    /// Fails with `Flaky` on the first attempts of each state.
    static func flaky(times: Int) -> Rig.Responder {
        { task, _ in
            if task.dispatch.retryCount < times { return .fail(Failure(error: "Flaky")) }
            return .succeed(task.dispatch.parameters)
        }
    }

    /// Fails `frail` work and every other's first attempt, that is what was scheduled early in
    /// the history.
    static func failing(before event: EventID, resource: String = "work") -> Rig.Responder {
        { task, _ in
            guard task.dispatch.resource == resource, task.dispatch.scheduledEventID < event else {
                return .succeed(task.dispatch.parameters)
            }
            return .fail(Failure(error: "Frail"))
        }
    }

    /// Never answers.
    static let silent: Rig.Responder = { _, _ in .vanish }

    /// Hands every task on.
    static let submitting: Rig.Responder = { _, _ in
        .submit(Payload(text: Array("{}".utf8)))
    }

    /// Fails the first attempt to charge.
    static let flakyCharge: Rig.Responder = { task, _ in
        if task.dispatch.resource == "charge", task.dispatch.retryCount == 0 {
            return .fail(Failure(error: "Flaky"))
        }
        return .succeed(task.dispatch.parameters)
    }
}
