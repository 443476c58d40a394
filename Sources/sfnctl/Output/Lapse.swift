import StepwellHistory

/// How long something took, or has taken, as people say it: the two largest units.
struct Lapse {
    private let milliseconds: Int64

    init(from begin: Timestamp, to end: Timestamp) {
        milliseconds = max(0, end.milliseconds - begin.milliseconds)
    }

    /// `340 ms`, `2.5 s`, `3 min 20 s`, `5 h 2 min`, `12 d 3 h`.
    var text: String {
        switch milliseconds {
        case ..<1_000: return "\(milliseconds) ms"
        case ..<60_000: return "\(milliseconds / 1_000).\(milliseconds % 1_000 / 100) s"
        case ..<3_600_000: return two(60_000, "min", 1_000, "s")
        case ..<86_400_000: return two(3_600_000, "h", 60_000, "min")
        default: return two(86_400_000, "d", 3_600_000, "h")
        }
    }

    private func two(_ large: Int64, _ name: String, _ small: Int64, _ part: String) -> String {
        "\(milliseconds / large) \(name) \(milliseconds % large / small) \(part)"
    }
}
