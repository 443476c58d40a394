import StepwellIntegrations

/// What a server counts, as its `/metrics` says; and how fast it counted since an earlier look.
struct EngineRates {
    private let taken = ContinuousClock.now
    private let values: [String: Double]

    /// Reads Prometheus's text form.
    init(_ text: String) {
        var values: [String: Double] = [:]
        for line in text.split(separator: "\n") where line.first != "#" {
            let parts = line.split(separator: " ")
            guard parts.count >= 2, let value = Double(parts[1]) else { continue }
            values[String(parts[0])] = value
        }
        self.values = values
    }

    /// The value of a series; nil when there is none.
    func value(_ series: String) -> Double? { values[series] }

    /// What a series grew by in a second since an earlier look.
    func rate(_ series: String, since earlier: EngineRates?) -> Double? {
        guard let earlier, let now = values[series], let before = earlier.values[series] else {
            return nil
        }
        let passed = taken - earlier.taken
        let seconds = passed / .seconds(1)
        return seconds > 0 ? max(0, now - before) / seconds : nil
    }
}
