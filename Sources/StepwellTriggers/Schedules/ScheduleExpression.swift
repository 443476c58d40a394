/// When a schedule is due: again and again by a rate or by the calendar, or once.
package enum ScheduleExpression: Sendable, Hashable {
    /// `rate(value unit)`: every so many seconds. A day is 24 hours, whatever clocks show.
    case rate(seconds: Int64)
    /// `cron(fields)`.
    case cron(CronExpression)
    /// `at(yyyy-mm-ddThh:mm:ss)`.
    case at(CivilTime)

    /// Who reads an expression.
    package enum Dialect: Sendable {
        /// EventBridge Scheduler.
        case scheduler
        /// Rules of an event bus: no `at`, one is singular (`rate(1 day)`), more are plural.
        case rule
    }

    /// Reads an expression.
    package init(
        _ text: String,
        dialect: Dialect = .scheduler
    ) throws(ScheduleExpressionError) {
        do throws(CronProblem) {
            self = try Self.parsed(text, dialect)
        } catch {
            throw ScheduleExpressionError(expression: text, reason: error.reason)
        }
    }

    /// Whether it is due more than once.
    package var isRecurring: Bool {
        if case .at = self { return false }
        return true
    }

    private static func parsed(
        _ text: String,
        _ dialect: Dialect
    ) throws(CronProblem) -> ScheduleExpression {
        let forms = dialect == .rule ? ["rate", "cron"] : ["rate", "cron", "at"]
        guard let form = forms.first(where: { text.hasPrefix("\($0)(") }), text.hasSuffix(")")
        else {
            let known = forms.map { "\($0)(…)" }.joined(separator: ", ")
            throw CronProblem("It is not one of \(known).")
        }
        let inner = text.dropFirst(form.utf8.count + 1).dropLast()
        switch form {
        case "rate": return .rate(seconds: try rate(inner, dialect))
        case "cron": return .cron(try CronExpression(fields: inner))
        default:
            guard let time = CivilTime(inner) else {
                throw CronProblem("'\(inner)' is not a date and time as yyyy-mm-ddThh:mm:ss.")
            }
            return .at(time)
        }
    }

    private static let units: [(singular: String, plural: String, seconds: Int64)] = [
        ("minute", "minutes", 60), ("hour", "hours", 3_600), ("day", "days", 86_400),
    ]

    private static func rate(_ text: Substring, _ dialect: Dialect) throws(CronProblem) -> Int64 {
        let parts = text.split(whereSeparator: { $0 == " " || $0 == "\t" })
        guard parts.count == 2, let value = CronField.digits(parts[0]), value > 0 else {
            throw CronProblem("A rate is a positive number and a unit.")
        }
        for unit in units where parts[1] == unit.singular || parts[1] == unit.plural {
            guard dialect == .scheduler || (value == 1) == (parts[1] == unit.singular) else {
                let right = value == 1 ? unit.singular : unit.plural
                throw CronProblem("With \(value) the unit is '\(right)'.")
            }
            return Int64(value) * unit.seconds
        }
        throw CronProblem("'\(parts[1])' is not one of minutes, hours, days.")
    }
}
