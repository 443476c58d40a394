package import StepwellHistory
package import StepwellInterpreter

/// The port through which the engine has the work of a Task state done: one implementation per
/// kind of resource.
///
/// A connector is called after the task's events are durable, on the cooperative pool, at most the
/// configured number at once; it is cancelled when the task times out, its execution stops or the
/// engine shuts down. A crash repeats the call with the same idempotency key.
package protocol TaskConnector: Sendable {
    /// Whether this connector serves the resource (an ARN or a local name).
    func serves(_ resource: String) -> Bool

    /// Does the work. Throwing `TaskFailure` fails the task with that error name and cause; any
    /// other error fails it as `States.TaskFailed` with the error's description.
    func run(_ task: TaskDispatch) async throws -> TaskOutcome
}

/// What a connector's work came to.
package enum TaskOutcome: Sendable {
    /// Done; the task's result.
    case succeeded(Payload)
    /// The first half of `.waitForTaskToken` or `.sync` is done; the task goes on elsewhere.
    case submitted(Payload)
}
