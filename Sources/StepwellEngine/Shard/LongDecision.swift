import StepwellHistory
import StepwellInterpreter

/// The turn that goes on behind a decision that was put off, with the state it is made on: that
/// state is nowhere else meanwhile.
package struct LongDecision: Sendable {
    let number: ExecutionNumber
    /// The execution, behind the turn when that was made, with the head from before it; nil where
    /// it has to be read first.
    private(set) var execution: LoadedExecution?
    /// What the turn records; of no meaning before `make`.
    private(set) var builder: TransitionBuilder
    /// Whether there was something to go on with.
    private(set) var isAccepted = false
    /// The commits that had failed when it was handed over.
    let generation: UInt64
    private let catalog: Catalog
    private let now: Timestamp
    private let uptime: Int64

    /// A decision that is handed over at a time, which goes on from there by the uptime.
    init(
        of number: ExecutionNumber,
        on execution: LoadedExecution?,
        asking builder: TransitionBuilder,
        in core: ShardCore
    ) {
        self.number = number
        self.execution = execution
        self.builder = builder
        generation = core.generation
        catalog = core.currentCatalog
        now = core.timeline.now
        uptime = core.timeline.uptime
    }

    /// Makes the turn, at the time that it is by then; nil when there is no such execution.
    func made(on store: any EventStore, at reading: ClockReading) -> Result<Self?, LoadFailure> {
        var made = self
        if made.execution == nil {
            switch StateLoader(store: store, catalog: catalog).load(number) {
            case .success(let loaded): made.execution = loaded
            case .failure(let failure): return .failure(failure)
            }
        }
        guard var execution = made.execution else { return .success(nil) }
        made.execution = nil
        made.builder.reset(budget: .patient)
        let time = now.advanced(byMilliseconds: max(0, reading.uptime - uptime))
        if case .accepted = execution.state.step(.continueTurn, at: time, into: &made.builder) {
            made.isAccepted = true
        }
        made.execution = execution
        return .success(made)
    }
}
