/// A field of a cron expression that says which of some numbers are meant.
///
/// Items are separated by commas: a number, `*`, a range `a-b`, and any of them with a step
/// (`a/n` goes on to the end of what there is). A range whose end is before its beginning goes on
/// over the end (`FRI-MON`), except in the years, which do not come round.
struct CronField {
    /// What the field is called in problems.
    let title: String
    /// The numbers that there are.
    let range: ClosedRange<Int>
    /// What may stand for a number, from the range's first on.
    var names: [String] = []

    static let minutes = CronField(title: "minutes", range: 0...59)
    static let hours = CronField(title: "hours", range: 0...23)
    static let daysOfMonth = CronField(title: "day-of-month", range: 1...31)
    static let months = CronField(
        title: "month",
        range: 1...12,
        names: [
            "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
        ]
    )
    static let daysOfWeek = CronField(
        title: "day-of-week",
        range: 1...7,
        names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
    )
    static let years = CronField(title: "year", range: 1970...2199)

    /// The numbers that a field means, in order.
    func numbers(in text: Substring) throws(CronProblem) -> [Int] {
        var chosen = Set<Int>()
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            chosen.formUnion(try numbers(ofItem: item))
        }
        return chosen.sorted()
    }

    /// The numbers that one item means.
    func numbers(ofItem item: Substring) throws(CronProblem) -> [Int] {
        let parts = item.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let bounds = parts[0].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let step = parts.count == 2 ? try self.step(parts[1]) : 1
        if parts[0] == "*" {
            return Array(stride(from: range.lowerBound, through: range.upperBound, by: step))
        }
        let first = try number(bounds[0])
        guard bounds.count == 2 else {
            guard parts.count == 2 else { return [first] }
            return Array(stride(from: first, through: range.upperBound, by: step))
        }
        var last = try number(bounds[1])
        if last < first {
            guard range.lowerBound < 1970 else {
                throw CronProblem("The \(title) '\(item)' end before they begin.")
            }
            last += range.count
        }
        return stride(from: first, through: last, by: step).map {
            $0 > range.upperBound ? $0 - range.count : $0
        }
    }

    /// A number of the field, or the name that stands for it.
    func number(_ text: Substring) throws(CronProblem) -> Int {
        let capitals = text.uppercased()
        if let place = names.firstIndex(of: capitals) { return range.lowerBound + place }
        guard let number = Self.digits(text) else {
            throw CronProblem("'\(text)' is no \(title).")
        }
        guard range.contains(number) else {
            throw CronProblem(
                "The \(title) \(text) is not from \(range.lowerBound) to \(range.upperBound)."
            )
        }
        return number
    }

    private func step(_ text: Substring) throws(CronProblem) -> Int {
        guard let step = Self.digits(text), step > 0 else {
            throw CronProblem("The step '\(text)' of \(title) is not a positive number.")
        }
        return step
    }

    /// A number of at most nine digits.
    static func digits(_ text: Substring) -> Int? {
        guard (1...9).contains(text.utf8.count),
            text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int(text)
    }
}
