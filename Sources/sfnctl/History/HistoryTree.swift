/// Draws what followed from what in a history, along `previousEventId`.
///
/// Where several things follow from one event, each is a branch of its own.
struct HistoryTree {
    private let lines: [HistoryLine]
    private var followers: [Int64: [Int]] = [:]

    init(_ lines: [HistoryLine]) {
        self.lines = lines
        for (index, line) in lines.enumerated() {
            followers[line.previous, default: []].append(index)
        }
    }

    /// The drawing's lines.
    func drawing() -> [String] {
        var drawn: [String] = []
        // A stack rather than recursion: histories are long.
        var pending = (followers[0] ?? []).reversed().map { (index: $0, depth: 0) }
        while let (index, depth) = pending.popLast() {
            let indent = String(repeating: "│ ", count: min(depth, 20))
            drawn.append(indent + lines[index].row(on: .output, indent: indent.count))
            let next = followers[lines[index].id] ?? []
            let deeper = next.count > 1 ? depth + 1 : depth
            for follower in next.reversed() { pending.append((follower, deeper)) }
        }
        return drawn
    }
}
