/// What lines of two texts differ, as `diff -u` shows it.
struct LineDifference {
    private enum Line {
        case same(String)
        case removed(String)
        case added(String)
    }

    /// Lines that are shown around each difference.
    private static let context = 3

    private var lines: [Line] = []

    init(from old: [String], to new: [String]) {
        let difference = new.difference(from: old)
        var removed: Set<Int> = []
        var added: [Int: String] = [:]
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, let line, _): added[offset] = line
            }
        }
        var (left, right) = (0, 0)
        while left < old.count || right < new.count {
            if left < old.count, removed.contains(left) {
                lines.append(.removed(old[left]))
                left += 1
            } else if let line = added[right] {
                lines.append(.added(line))
                right += 1
            } else {
                lines.append(.same(old[left]))
                left += 1
                right += 1
            }
        }
    }

    /// Whether there is no difference.
    var isEmpty: Bool {
        lines.allSatisfy { if case .same = $0 { true } else { false } }
    }

    /// The differences with lines around them, in colour on a terminal.
    func drawing(on stream: Terminal.Stream = .output) -> [String] {
        var isShown = [Bool](repeating: false, count: lines.count)
        for (index, line) in lines.enumerated() {
            if case .same = line { continue }
            let last = min(lines.count - 1, index + Self.context)
            for near in max(0, index - Self.context)...last { isShown[near] = true }
        }
        var drawn: [String] = []
        var (left, right) = (1, 1)
        for (index, line) in lines.enumerated() {
            if isShown[index] {
                if index == 0 || !isShown[index - 1] {
                    drawn.append(
                        Terminal.coloured("@@ -\(left) +\(right) @@", .faint, on: stream)
                    )
                }
                switch line {
                case .same(let text): drawn.append(" " + Terminal.plain(text))
                case .removed(let text):
                    drawn.append(Terminal.coloured("-" + Terminal.plain(text), .red, on: stream))
                case .added(let text):
                    drawn.append(Terminal.coloured("+" + Terminal.plain(text), .green, on: stream))
                }
            }
            switch line {
            case .same: (left, right) = (left + 1, right + 1)
            case .removed: left += 1
            case .added: right += 1
            }
        }
        return drawn
    }
}
