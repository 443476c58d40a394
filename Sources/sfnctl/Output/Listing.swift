import StepwellHistory
import StepwellJSON

/// What an operation lists: a table for people, or one JSON document.
struct Listing {
    /// How a member of an element is shown.
    enum Form {
        case text
        case time
        case status
    }

    /// A column of the table.
    struct Column {
        let title: String
        let key: String
        var form = Form.text
    }

    let operation: String
    /// What holds the elements in an answer.
    let member: String
    let columns: [Column]

    /// Asks for the elements and prints them, `limit` at most; says when there are more.
    func run(
        on api: any ServiceAPI,
        _ request: JSONObject = JSONObject(),
        limit: Int,
        json: Bool
    ) async throws {
        var elements: [JSONObject] = []
        let isComplete = try await api.each(
            operation,
            request,
            in: member,
            pageSize: min(1_000, limit)
        ) { element in
            guard elements.count < limit else { return false }
            elements.append(element)
            return true
        }
        show(elements, json: json)
        if !isComplete, !json { Self.sayMore(than: limit) }
    }

    /// Prints elements.
    func show(_ elements: [JSONObject], json: Bool) {
        if json {
            let document = JSONObject([(member, .array(elements.map { .object($0) }))])
            return Terminal.line(JSONWriter.string(.object(document)))
        }
        var table = Table(columns.map(\.title))
        for element in elements {
            table.add(columns.map { Self.cell(element[$0.key], $0.form) })
        }
        for line in table.lines() { Terminal.line(line) }
    }

    /// Says that there are more elements than were wanted.
    static func sayMore(than limit: Int) {
        Terminal.note("(the first \(limit); there are more: --limit N)")
    }

    private static func cell(_ value: JSONValue?, _ form: Form) -> Table.Cell {
        guard let value else { return Table.Cell("") }
        switch form {
        case .time: return Table.Cell(Timestamp(epochSeconds: value)?.rfc3339Seconds ?? "")
        case .status:
            let status = value.stringValue ?? ""
            return Table.Cell(status, Terminal.colour(ofStatus: status))
        case .text: return Table.Cell(value.stringValue ?? JSONWriter.string(value))
        }
    }
}

extension Timestamp {
    /// A time as the API's JSON has it: seconds since the epoch.
    init?(epochSeconds value: JSONValue?) {
        guard let seconds = value?.doubleValue, seconds.magnitude < 9e15 else { return nil }
        self.init(milliseconds: Int64((seconds * 1_000).rounded()))
    }
}
