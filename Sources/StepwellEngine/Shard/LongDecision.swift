import StepwellHistory
import StepwellInterpreter

/// The turn that goes on behind a decision that was put off, with the state it is made on: that
/// state is nowhere else meanwhile.
package struct LongDecision: Sendable {
    /// The execution; after `make` behind the turn, with the head from before it.
    var execution: LoadedExecution
    /// What the turn records; of no meaning before `make`.
    private(set) var builder: TransitionBuilder
    /// Whether there was something to go on with.
    private(set) var isAccepted = false
    private let time: Timestamp

    var number: ExecutionNumber { execution.head.execution }

    init(_ execution: LoadedExecution, at time: Timestamp, asking builder: TransitionBuilder) {
        self.execution = execution
        self.time = time
        self.builder = builder
    }

    /// Makes the turn.
    mutating func make() {
        builder.reset(budget: .patient)
        if case .accepted = execution.state.step(.continueTurn, at: time, into: &builder) {
            isAccepted = true
        }
    }
}
