import StepwellHistory
package import StepwellIntegrations

/// What became of a case.
package struct CaseResult: Sendable {
    /// Whether the case holds.
    package enum Verdict: Sendable {
        case passed
        /// What does not hold, each with the place where it is expected.
        case failed([SettingsProblem])
        /// The case could not be run to its end.
        case broken(String)
        /// It was not run, for a reason.
        case skipped(String)
    }

    package let name: String
    /// The line where the case is written.
    package let line: Int
    package let verdict: Verdict
    /// How it ended; nil when it did not.
    package let outcome: CaseOutcome?
    /// How long it took, in seconds of the world.
    package let seconds: Double

    /// Whether nothing is wrong.
    package var isFine: Bool {
        switch verdict {
        case .passed, .skipped: true
        case .failed, .broken: false
        }
    }

    /// How the case ended, in a line: status, error, the states of the top level, time.
    package var story: String? {
        guard let outcome else { return nil }
        var parts = [outcome.status.rawValue]
        if let failure = outcome.failure {
            parts.append(ShownText.of(failure))
        }
        if let trace = outcome.trace {
            let states = trace.visits.filter(\.isTopLevel).map(\.state)
            let shown =
                states.count > 12 ? states.prefix(6) + ["…"] + states.suffix(5) : states[...]
            parts.append(shown.joined(separator: " → "))
        }
        if outcome.elapsed > 0 { parts.append("after " + SuiteDuration.text(outcome.elapsed)) }
        return parts.joined(separator: " · ")
    }
}
