package import StepwellHistory

/// The first place where a log is not what its definition and its inputs lead to.
package struct Divergence: Sendable, Equatable {
    /// One side of the difference.
    package enum Side: Sendable, Equatable {
        case record(Record)
        case summary(TurnSummary)
    }

    /// The record where the two part.
    package let ordinal: Ordinal
    /// What the log holds; nil when it holds nothing there.
    package let recorded: Side?
    /// What was derived; nil when nothing was.
    package let derived: Side?
    /// One sentence for people.
    package let explanation: String

    package init(ordinal: Ordinal, recorded: Side?, derived: Side?, explanation: String) {
        self.ordinal = ordinal
        self.recorded = recorded
        self.derived = derived
        self.explanation = explanation
    }
}

/// Bytes that cannot be the execution's next turn: checksum, chain or form.
package struct ReplayDamage: Error, Sendable, Equatable, CustomStringConvertible {
    /// The first record that could not be read.
    package let ordinal: Ordinal
    package let reason: String

    package init(ordinal: Ordinal, reason: String) {
        self.ordinal = ordinal
        self.reason = reason
    }

    package var description: String { "record \(ordinal.rawValue): \(reason)" }
}
