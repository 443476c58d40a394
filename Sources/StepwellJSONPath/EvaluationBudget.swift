/// The work that an evaluation may still do, counted in steps and never in time, so that a replay
/// runs out exactly where the first run did.
///
/// A step is one visited node, one matcher state, or sixteen bytes of produced text.
package struct EvaluationBudget: Sendable, Equatable {
    /// The steps that are left; never negative.
    package private(set) var steps: Int

    /// A budget of `steps`.
    package init(steps: Int) {
        self.steps = max(0, steps)
    }

    /// Takes `count` steps off; false, and an empty budget, when there are not that many left.
    package mutating func spend(_ count: Int = 1) -> Bool {
        guard count <= steps else {
            steps = 0
            return false
        }
        steps -= count
        return true
    }
}
