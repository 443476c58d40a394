import StepwellHistory

/// Does nothing of what turns decide: what of an engine at rest goes out.
///
/// Every resource counts as served: whether it is turns out when somebody hands the task out.
final class IdlePerformer: EffectPerformer {
    func perform(_ effect: DispatchedEffect) {}

    func holds(_ task: TaskKey) -> Bool { false }

    func observe(_ execution: ClosedExecution) {}
}
