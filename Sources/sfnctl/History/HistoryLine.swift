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

    /// The event on one line of a table, in its colours; on a terminal cut to its width.
    func row(on stream: Terminal.Stream, indent: Int = 0) -> String {
        let number = String(id)
        let padded = String(repeating: " ", count: max(0, 5 - number.count)) + number
        let label = Terminal.coloured(type, colour, on: stream)
        let parts = [name, detail.isEmpty ? nil : detail].compactMap { $0 }
        var text = Terminal.plain(parts.joined(separator: "  "))
        if let width = Terminal.width(of: stream) {
            let room = max(20, width - indent - 35 - type.count)
            if text.count > room { text = String(text.prefix(room - 1)) + "…" }
        }
        return "\(padded)  \(time.rfc3339)  \(label)  "
            + Terminal.coloured(text, .faint, on: stream)
    }
}
