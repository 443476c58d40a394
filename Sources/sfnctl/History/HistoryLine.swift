import StepwellHistory
import StepwellJSON

/// One history event as people read it.
struct HistoryLine {
    let id: Int64
    let previous: Int64
    let time: Timestamp
    let type: String
    /// The state's name, where the event has one.
    let name: String?
    /// What else it says, on one line.
    let detail: String

    /// Reads an event in the form of GetExecutionHistory.
    init(_ event: JSONObject) {
        id = event.integer("id") ?? 0
        previous = event.integer("previousEventId") ?? 0
        type = event.text("type") ?? "?"
        var milliseconds = 0.0
        if case .number(let seconds)? = event["timestamp"] { milliseconds = seconds.double * 1000 }
        time = Timestamp(milliseconds: Int64(milliseconds.rounded()))
        var details = JSONObject()
        for member in event where member.key.hasSuffix("Details") {
            if case .object(let found) = member.value { details = found }
        }
        name = details.text("name")
        detail = Self.detail(of: details)
    }

    private static func detail(of details: JSONObject) -> String {
        let parts = details.compactMap { key, value -> String? in
            switch (key, value) {
            case ("name", _), ("inputDetails", _), ("outputDetails", _), ("roleArn", _): nil
            case (_, .string(let text)): "\(key)=\(text)"
            case (_, .object), (_, .array), (_, .null): nil
            default: "\(key)=\(JSONWriter.string(value))"
            }
        }
        return parts.joined(separator: " ")
    }

    /// The colour of the event's type.
    var colour: Terminal.Colour? {
        if type.hasSuffix("Failed") || type.hasSuffix("TimedOut") { return .red }
        if type.hasSuffix("Aborted") { return .yellow }
        if type.hasSuffix("Succeeded") { return .green }
        return nil
    }

    /// The event on one line of a table, cut to the width of a stream, in its colours.
    func row(on stream: Terminal.Stream, indent: Int = 0) -> String {
        let width = Terminal.width(of: stream) - indent
        let number = String(id)
        let padded = String(repeating: " ", count: max(0, 5 - number.count)) + number
        let clock = time.rfc3339.dropFirst(11).dropLast()
        let label = Terminal.coloured(type, colour, on: stream)
        let parts = [name, detail.isEmpty ? nil : detail].compactMap { $0 }
        let text = Terminal.plain(parts.joined(separator: "  "))
        let room = max(20, width - 22 - type.count)
        let shown = text.count > room ? String(text.prefix(room - 1)) + "…" : text
        return "\(padded)  \(clock)  \(label)  \(Terminal.coloured(shown, .faint, on: stream))"
    }
}

extension JSONObject {
    fileprivate func integer(_ key: String) -> Int64? {
        guard case .number(let number)? = self[key] else { return nil }
        return number.integer
    }

    fileprivate func text(_ key: String) -> String? {
        guard case .string(let text)? = self[key] else { return nil }
        return text
    }
}
