import StepwellEngine
import StepwellHistory
import StepwellLanguage

/// What a request to the console's interface asks for, behind its `?`.
struct ConsoleParameters {
    private let query: QueryParameters

    init(_ query: String) {
        self.query = QueryParameters(query)
    }

    /// A text; nil when it is missing or empty.
    func text(_ name: String) -> String? {
        guard let value = query[name], !value.isEmpty else { return nil }
        return value
    }

    /// A text that has to be given.
    ///
    /// - Throws: `ValidationException` when it is missing.
    func required(_ name: String) throws(ServiceError) -> String {
        guard let value = text(name) else {
            throw ConsoleRefusal.invalid("The parameter '\(name)' is required.")
        }
        return value
    }

    /// Whether something is asked for: `1` or `true`.
    func flag(_ name: String) -> Bool {
        text(name) == "1" || text(name) == "true"
    }

    /// A whole number within bounds.
    ///
    /// - Throws: `ValidationException` for anything else.
    func integer(_ name: String, in range: ClosedRange<Int>) throws(ServiceError) -> Int? {
        guard let text = text(name) else { return nil }
        guard let value = Int(text), range.contains(value) else {
            throw ConsoleRefusal.invalid(
                "The parameter '\(name)' must be a number from \(range.lowerBound) to "
                    + "\(range.upperBound)."
            )
        }
        return value
    }

    /// A time: RFC 3339, or seconds since the epoch.
    ///
    /// - Throws: `ValidationException` for anything else.
    func time(_ name: String) throws(ServiceError) -> Timestamp? {
        guard let text = text(name) else { return nil }
        if let time = StatesTimestamp(parsing: text) {
            return Timestamp(milliseconds: time.milliseconds)
        }
        guard let seconds = Double(text), seconds.isFinite, abs(seconds) < 1e11 else {
            throw ConsoleRefusal.invalid("The parameter '\(name)' must be a time (RFC 3339).")
        }
        return Timestamp(milliseconds: Int64(seconds * 1000))
    }
}
