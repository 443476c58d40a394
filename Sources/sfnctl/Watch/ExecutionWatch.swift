import StepwellEngine
import StepwellHistory
import StepwellJSON

/// One execution: its states with their statuses, what it waits for, and its last events.
///
/// A server that is not this product's tells no states; the rest is shown all the same.
struct ExecutionWatch: WatchView {
    private let arn: String
    private var execution = JSONObject()
    private var states = JSONObject()
    private var waits: [ExecutionWait] = []
    private var events: [JSONObject] = []
    private var selected = 0

    init(arn: String) {
        self.arn = arn
    }

    private var status: String { execution["status"]?.stringValue ?? "?" }

    mutating func refresh(from api: any ServiceAPI) async throws {
        let request: JSONObject = ["executionArn": .string(arn)]
        let service = ServiceClient.Service.of(executionARN: arn)
        execution = try await api.call("DescribeExecution", request, of: service)
        do {
            let found = try await api.call("DescribeStateStatuses", request, of: .stepwell)
            states = found["states"]?.objectValue ?? found
            let picture = try await api.call("DescribeExecutionState", request, of: .stepwell)
            waits = ExecutionWait.all(in: picture)
        } catch let error as ServiceError where error.code == "UnknownOperationException" {
            (states, waits) = (JSONObject(), [])
        }
        var page = request
        page["reverseOrder"] = .bool(true)
        page["maxResults"] = .integer(50)
        page["includeExecutionData"] = .bool(false)
        let newest = try await api.call("GetExecutionHistory", page, of: service)
        events = newest["events"]?.arrayValue?.compactMap(\.objectValue) ?? []
        selected = min(selected, max(0, states.count - 1))
    }

    mutating func press(_ key: Key) -> (any WatchView)? {
        switch key {
        case .up: selected = max(0, selected - 1)
        case .down: selected = min(max(0, states.count - 1), selected + 1)
        case .pageUp: selected = max(0, selected - 10)
        case .pageDown: selected = min(max(0, states.count - 1), selected + 10)
        case .open, .back, .quit: break
        }
        return nil
    }

    func lines(in size: Screen.Size) -> [StyledLine] {
        var lines = heading
        // Half of the room for states, a quarter for waits, and the rest for events.
        let room = max(3, size.lines - lines.count)
        if !states.isEmpty {
            lines += [StyledLine()] + stateLines(atMost: max(2, room / 2 - 1), size.columns)
        }
        if !waits.isEmpty {
            lines += [StyledLine(), StyledLine("WAITS FOR", .faint)]
            let shown = max(1, room / 4 - 2)
            lines += waits.prefix(shown).map(\.line)
            if waits.count > shown { lines.append(StyledLine("… \(waits.count - shown) more")) }
        }
        lines.append(StyledLine())
        let left = max(0, size.lines - lines.count)
        lines += events.prefix(left).reversed().map { Self.line(of: $0) }
        return lines
    }

    private var heading: [StyledLine] {
        let name = arn.split(separator: ":").dropFirst(6).joined(separator: ":")
        var first = StyledLine("sfnctl watch  ", .faint)
        first.add("\(name)  ")
        first.add(status, Terminal.colour(ofStatus: status))
        var second = StyledLine()
        let now = SystemClock().now()
        if let start = Timestamp(epochSeconds: execution["startDate"]) {
            let stop = Timestamp(epochSeconds: execution["stopDate"])
            second.add("started \(start.rfc3339Seconds)  ")
            second.add(stop == nil ? "running for " : "lasted ")
            second.add(Lapse(from: start, to: stop ?? now).text)
        }
        var lines = [first, second]
        if let error = execution["error"]?.stringValue {
            let cause = execution["cause"]?.stringValue.map { ": \($0)" } ?? ""
            lines.append(StyledLine("\(error)\(cause)", .red))
        }
        return lines
    }

    private func stateLines(atMost limit: Int, _ columns: Int) -> [StyledLine] {
        var table = Table(["", "STATE", "STATUS", "ENTERED", "RETRIES", "LAST"])
        let first = max(0, selected - limit + 2)
        for (index, member) in states.enumerated().dropFirst(first).prefix(limit - 1) {
            let state = member.value.objectValue ?? JSONObject()
            let status = state["status"]?.stringValue ?? ""
            let last = state["lastExited"]?.stringValue ?? state["firstEntered"]?.stringValue
            table.add([
                Table.Cell(index == selected ? ">" : " "),
                Table.Cell(member.key),
                Table.Cell(status + Self.progress(of: state), Self.colour(of: status)),
                Table.Cell(Self.count(state["entered"])),
                Table.Cell(Self.count(state["retries"])),
                Table.Cell(last ?? ""),
            ])
        }
        return table.drawn(width: columns)
    }

    /// How far the children of a Map or Parallel state are.
    private static func progress(of state: JSONObject) -> String {
        guard let children = state["children"]?.objectValue,
            let count = children["count"]?.intValue, count > 0
        else { return "" }
        let done = (children["succeeded"]?.intValue ?? 0) + (children["failed"]?.intValue ?? 0)
        return "  \(done) of \(count)"
    }

    private static func count(_ value: JSONValue?) -> String {
        guard let count = value?.intValue, count > 0 else { return "" }
        return "\(count)"
    }

    private static func colour(of status: String) -> Terminal.Colour? {
        switch status {
        case "succeeded": .green
        case "failed", "timedOut": .red
        case "caught", "retrying", "aborted": .yellow
        case "notEntered": .faint
        default: nil
        }
    }

    private static func line(of event: JSONObject) -> StyledLine {
        let shown = HistoryLine(event)
        var line = StyledLine("\(shown.id)  \(shown.time.rfc3339)  ", .faint)
        line.add(shown.type, shown.colour)
        if let name = shown.name { line.add("  \(name)") }
        return line
    }
}
