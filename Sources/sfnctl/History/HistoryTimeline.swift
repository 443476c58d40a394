import StepwellHistory

/// Draws when each state was entered and left, as bars over the execution's time.
struct HistoryTimeline {
    private struct Span {
        let name: String
        let begin: Timestamp
        var end: Timestamp?
    }

    private var spans: [Span] = []
    private let begin: Timestamp
    private let end: Timestamp

    init(_ lines: [HistoryLine]) {
        begin = lines.first?.time ?? Timestamp(milliseconds: 0)
        end = lines.last?.time ?? begin
        var entered: [Int64: Int] = [:]
        var previous: [Int64: Int64] = [:]
        for line in lines {
            previous[line.id] = line.previous
            if line.type.hasSuffix("StateEntered") {
                entered[line.id] = spans.count
                spans.append(Span(name: line.name ?? "?", begin: line.time))
            } else if line.type.hasSuffix("StateExited") {
                close(line, entered, previous)
            }
        }
    }

    /// Ends the newest span of the state that the event left, found along its branch.
    private mutating func close(
        _ line: HistoryLine,
        _ entered: [Int64: Int],
        _ previous: [Int64: Int64]
    ) {
        var id = line.previous
        while id > 0 {
            if let index = entered[id], spans[index].name == line.name, spans[index].end == nil {
                spans[index].end = line.time
                return
            }
            id = previous[id] ?? 0
        }
    }

    /// The drawing's lines.
    func drawing(width: Int) -> [String] {
        let longest = min(30, spans.map { Terminal.plain($0.name).count }.max() ?? 0)
        let room = max(10, width - longest - 16)
        let total = Double(max(1, end.milliseconds - begin.milliseconds))
        return spans.map { span in
            let from = Double(span.begin.milliseconds - begin.milliseconds) / total
            let until = Double((span.end ?? end).milliseconds - begin.milliseconds) / total
            let start = min(room - 1, Int(from * Double(room)))
            let length = max(1, min(room - start, Int((until - from) * Double(room))))
            let name = String(Terminal.plain(span.name).prefix(longest))
            let padding = String(repeating: " ", count: longest - name.count)
            let bar =
                String(repeating: " ", count: start) + String(repeating: "█", count: length)
                + String(repeating: " ", count: room - start - length)
            let lasted = (span.end ?? end).milliseconds - span.begin.milliseconds
            return "\(name)\(padding)  \(bar)  \(lasted) ms\(span.end == nil ? " …" : "")"
        }
    }
}
