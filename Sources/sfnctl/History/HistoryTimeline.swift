import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellLanguage

/// Draws when each branch was in which state, as bars over the execution's time; what is under way
/// reaches to now.
struct HistoryTimeline {
    /// A visit to a state, and what it spent its time with.
    private struct Row {
        let path: String
        let state: String
        let label: String
        let status: String
        let begin: Int64
        let end: Int64
        let isOpen: Bool
        var attempts = 0
        var parts: [(kind: String, begin: Int64, end: Int64)] = []
    }

    private var rows: [Row] = []
    private let begin: Int64
    private let end: Int64
    private let isRunning: Bool

    /// A drawing of the spans of a timeline in their JSON form; `now` is where open ones end.
    init(_ timeline: JSONObject, spans: [JSONObject], now: Timestamp) {
        let stop = Self.time(timeline.text("stop"))
        isRunning = stop == nil
        let until = stop ?? now.milliseconds
        begin = Self.time(timeline.text("start")) ?? until
        end = max(until, begin)
        for span in spans {
            let from = Self.time(span.text("start")) ?? begin
            let to = Self.time(span.text("end")) ?? max(until, from)
            let kind = span.text("kind") ?? ""
            if kind == "state" {
                let path = span.text("path") ?? ""
                let depth = path.isEmpty ? 0 : path.utf8.count { $0 == UInt8(ascii: "[") }
                rows.append(
                    Row(
                        path: path,
                        state: span.text("state") ?? "?",
                        label: String(repeating: "  ", count: depth) + Self.label(span, path),
                        status: span.text("status") ?? "",
                        begin: from,
                        end: to,
                        isOpen: span.text("end") == nil
                    )
                )
            } else if !rows.isEmpty {
                rows[rows.count - 1].parts.append((kind, from, to))
                if kind == "attempt" || kind == "child" { rows[rows.count - 1].attempts += 1 }
            }
        }
    }

    private static func time(_ text: String?) -> Int64? {
        text.flatMap { StatesTimestamp(parsing: $0)?.milliseconds }
    }

    /// The state's name behind the index of the branch or iteration that is in it.
    private static func label(_ span: JSONObject, _ path: String) -> String {
        let name = Terminal.plain(span.text("state") ?? "?")
        guard let index = path.lastIndex(of: "[") else { return name }
        return "\(path[index...]) \(name)"
    }

    /// The drawing's lines, for a terminal of so many columns or for what is none.
    func drawing(width: Int?) -> [String] {
        let width = width ?? 160
        let longest = min(40, max(5, rows.map(\.label.count).max() ?? 0))
        let room = max(10, width - longest - 34)
        let from = Timestamp(milliseconds: begin).rfc3339
        let to = isRunning ? "now" : Timestamp(milliseconds: end).rfc3339
        let total = Length.text(end - begin)
        var lines = [
            "\(from) to \(to)  \(total)"
                + (isRunning ? ", running" : "")
                + "  (█ at work  ░ before a retry  ─ waiting  ▓ child)"
        ]
        for place in order() {
            let row = rows[place]
            let label = String(row.label.prefix(longest))
            let padding = String(repeating: " ", count: longest - label.count)
            let bar = Terminal.coloured(bar(of: row, room), Self.colour(row.status), on: .output)
            var words = Length.text(row.end - row.begin)
            words += row.isOpen ? " …" : ""
            if row.attempts > 1 { words += "  \(row.attempts) attempts" }
            if row.status != "succeeded", row.status != "running" { words += "  \(row.status)" }
            lines.append("\(label)\(padding)  \(bar)  \(words)")
        }
        return lines
    }

    /// The rows with those of branches and iterations behind the state that runs them.
    private func order() -> [Int] {
        var newest: [String: Int] = [:]
        var below: [Int: [Int]] = [:]
        for (place, row) in rows.enumerated() {
            // `Each[3]/Both[0]` belongs to the newest visit to `Both` in `Each[3]`.
            let state = row.path.lastIndex(of: "[").map { String(row.path[..<$0]) }
            below[state.flatMap { newest[$0] } ?? -1, default: []].append(place)
            newest[row.path.isEmpty ? row.state : "\(row.path)/\(row.state)"] = place
        }
        var ordered: [Int] = []
        var pending = Array((below[-1] ?? []).reversed())
        while let place = pending.popLast() {
            ordered.append(place)
            let rows = (below[place] ?? []).enumerated().sorted { left, right in
                let (one, other) = (index(of: left.element), index(of: right.element))
                return one == other ? left.offset < right.offset : one < other
            }
            pending += rows.reversed().map(\.element)
        }
        return ordered
    }

    /// The index of the branch or iteration that a row is in.
    private func index(of place: Int) -> Int {
        let path = rows[place].path
        guard let start = path.lastIndex(of: "[") else { return 0 }
        return Int(path[path.index(after: start)...].dropLast()) ?? 0
    }

    private func bar(of row: Row, _ room: Int) -> String {
        var cells = Array(repeating: " " as Character, count: room)
        fill(&cells, row.begin, row.end, "█")
        for part in row.parts {
            switch part.kind {
            case "backoff": fill(&cells, part.begin, part.end, "░")
            case "wait": fill(&cells, part.begin, part.end, "─")
            case "child": fill(&cells, part.begin, part.end, "▓")
            default: fill(&cells, part.begin, part.end, "█")
            }
        }
        return String(cells)
    }

    private func fill(_ cells: inout [Character], _ from: Int64, _ to: Int64, _ mark: Character) {
        let total = Double(max(1, end - begin))
        let scale = Double(cells.count) / total
        let first = max(0, min(cells.count - 1, Int(Double(from - begin) * scale)))
        let last = min(cells.count, max(first + 1, Int(Double(to - begin) * scale)))
        for place in first..<last { cells[place] = mark }
    }

    private static func colour(_ status: String) -> Terminal.Colour? {
        switch status {
        case "succeeded": .green
        case "failed", "timedOut": .red
        case "caught", "aborted", "retrying": .yellow
        case "running": .blue
        default: nil
        }
    }
}
