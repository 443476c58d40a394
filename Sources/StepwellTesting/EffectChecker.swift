import StepwellEngine

/// Judges the handlers' own log: an idempotency key always stands for the same work, and work that
/// was done twice was announced as such.
package enum EffectChecker {
    /// Every problem found, as a sentence each.
    package static func problems(in deeds: [SimulatedWorld.Deed]) -> [String] {
        var first: [String: SimulatedWorld.Deed] = [:]
        var problems: [String] = []
        for deed in deeds {
            guard let before = first[deed.idempotencyKey] else {
                first[deed.idempotencyKey] = deed
                continue
            }
            if before.resource != deed.resource || before.parameters != deed.parameters {
                problems.append("\(deed.idempotencyKey) did different work")
            }
            if !deed.isRedelivery {
                problems.append("\(deed.idempotencyKey) was delivered again unannounced")
            }
        }
        return problems
    }
}
