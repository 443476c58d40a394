import StepwellJSON

/// What a round came to.
struct JournalFigures: Sendable {
    /// State transitions that were durable, in a second.
    let transitionsPerSecond: Double
    /// Time of plain LMDB appending the same batches in the same commits ÷ ours.
    let rawRatio: Double
    let logBytesPerTransition: Double
    let transitionsPerCommit: Double

    /// The middle of some rounds, and between which rates they were.
    static func report(_ rounds: [JournalFigures]) -> JSONObject {
        func median(_ value: (JournalFigures) -> Double) -> JSONValue {
            Figures.number(Figures.median(rounds.map(value)))
        }
        let rates = rounds.map(\.transitionsPerSecond)
        return [
            "transitions_per_second": median(\.transitionsPerSecond),
            "raw_ratio": median(\.rawRatio),
            "log_bytes_per_transition": median(\.logBytesPerTransition),
            "transitions_per_commit": median(\.transitionsPerCommit),
            "least_transitions_per_second": Figures.number(rates.min() ?? 0),
            "greatest_transitions_per_second": Figures.number(rates.max() ?? 0),
        ]
    }
}
