import StepwellHistory

extension Record {
    /// About how many bytes the record takes in the log: payloads that it is the first to hold,
    /// and a small constant for the rest.
    var approximateSize: Int {
        // Most records only refer to payloads; asking the few that can hold one keeps this cheap.
        switch body {
        case .engine(.itemsResolved), .input, .event:
            payloads.reduce(24) { $0 + ($1.location?.ordinal == ordinal ? $1.text.count : 0) }
        case .engine: 24
        }
    }
}
