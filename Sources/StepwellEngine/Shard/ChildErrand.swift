package import StepwellHistory
package import StepwellInterpreter

/// What parent and child executions, of Map Runs and nested ones, have to tell each other: done
/// when the turn that asked for it is durable, asked for again after a restart, and without effect
/// the second time.
///
/// Indirect: on its way through outputs and messages it is copied often, and holds much.
package indirect enum ChildErrand: Sendable, Equatable {
    /// Have a child run, or, if it has ended, say how.
    case start(ChildStart)
    /// Stop a child.
    case stop(ChildStop)
    /// Tell the parent how a child ended: the execution of a name, after which redrive of its Map
    /// Run if any.
    case report(MapRunChildOutcome, of: MapRunMembership, name: String, redriveToken: String?)
    /// Stop the nested execution of a task of `parent` that is over, and note that it does not run.
    case stopNested(OwedStop, parent: ExecutionNumber)
}

/// Has an errand done.
package struct ChildCommand: Sendable {
    package var errand: ChildErrand
    package var reply: @Sendable (InputAnswer) -> Void

    package init(_ errand: ChildErrand, reply: @escaping @Sendable (InputAnswer) -> Void) {
        self.errand = errand
        self.reply = reply
    }
}
