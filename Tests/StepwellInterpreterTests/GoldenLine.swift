import StepwellHistory
import StepwellJSON

/// Events as lines: id, previous id, the time since the event before when there is any, type, and
/// the details as GetExecutionHistory gives them.
enum GoldenLine {
    static func lines(of events: [HistoryEvent]) -> [String] {
        var last = events.first?.timestamp.milliseconds ?? 0
        return events.map { event in
            let passed = event.timestamp.milliseconds - last
            last = event.timestamp.milliseconds
            return line(of: event, passed: passed)
        }
    }

    private static func line(of event: HistoryEvent, passed: Int64) -> String {
        let object = EventJSON.object(for: event, includeExecutionData: true)
        var words = ["\(event.id)", "\(event.previousEventID)"]
        if passed != 0 { words.append("+\(passed)") }
        words.append(object["type"]?.stringValue ?? "?")
        for (key, details) in object where key.hasSuffix("EventDetails") {
            guard case .object(let members) = details else { continue }
            for (name, value) in members where value != truncated {
                words.append("\(name)=\(shown(value))")
            }
        }
        return words.joined(separator: " ")
    }

    /// Payloads travel as strings; long ones are cut down to their size and both ends.
    private static func shown(_ value: JSONValue) -> String {
        let text = value.stringValue ?? JSONWriter.string(value)
        guard text.utf8.count > 400 else { return text }
        return "\(text.prefix(20))…\(text.suffix(10))(\(text.utf8.count) bytes)"
    }

    private static let truncated = JSONValue.object(JSONObject([("truncated", .bool(false))]))

    /// The first difference of two histories; nil when there is none.
    static func difference(_ actual: [String], _ expected: [String]) -> String? {
        for index in 0..<max(actual.count, expected.count) {
            let found = index < actual.count ? actual[index] : "(no more events)"
            let wanted = index < expected.count ? expected[index] : "(no more events)"
            if !found.utf8.elementsEqual(wanted.utf8) {
                return "event \(index + 1):\n  is       \(found)\n  expected \(wanted)"
            }
        }
        return nil
    }
}
