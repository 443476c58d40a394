/// Lengths of time as people say them.
enum Length {
    /// The two largest units of milliseconds: `3 d 4 h`, `2 min 5 s`, `1.25 s`, `40 ms`.
    static func text(_ milliseconds: Int64) -> String {
        let (days, hours, minutes, seconds) = (
            milliseconds / 86_400_000, milliseconds / 3_600_000 % 24, milliseconds / 60_000 % 60,
            milliseconds / 1000 % 60
        )
        if days > 0 { return "\(days) d \(hours) h" }
        if hours > 0 { return "\(hours) h \(minutes) min" }
        if minutes > 0 { return "\(minutes) min \(seconds) s" }
        guard seconds > 0 else { return "\(milliseconds) ms" }
        let hundredths = milliseconds % 1000 / 10
        if hundredths == 0 { return "\(seconds) s" }
        return "\(seconds).\(hundredths < 10 ? "0" : "")\(hundredths) s"
    }
}
