/// Rows under a heading, in columns as wide as what is in them.
///
/// On a terminal the last column that may be cut is cut to the width there is; elsewhere nothing
/// is.
struct Table {
    /// A text in a column.
    struct Cell {
        var text: String
        var colour: Terminal.Colour?

        init(_ text: String, _ colour: Terminal.Colour? = nil) {
            self.text = Terminal.plain(text)
            self.colour = colour
        }
    }

    private let titles: [String]
    private var rows: [[Cell]] = []

    init(_ titles: [String]) {
        self.titles = titles
    }

    var isEmpty: Bool { rows.isEmpty }

    mutating func add(_ cells: [Cell]) {
        rows.append(cells)
    }

    /// The lines, for a stream: the heading first.
    func lines(for stream: Terminal.Stream = .output) -> [String] {
        drawn(width: Terminal.width(of: stream)).map { $0.text(on: stream) }
    }

    /// The lines in their colours, the last column no wider than leaves `width`.
    func drawn(width: Int?) -> [StyledLine] {
        let all = [titles.map { Cell($0, .faint) }] + rows
        var widths = titles.indices.map { column in
            all.map { $0[column].text.count }.max() ?? 0
        }
        if let width, let last = widths.indices.last {
            let before = widths[..<last].reduce(0) { $0 + $1 + 2 }
            widths[last] = max(8, min(widths[last], width - before))
        }
        return all.map { row in
            var line = StyledLine()
            for (column, cell) in row.enumerated() {
                let text = Self.cut(cell.text, to: widths[column])
                line.add(text, cell.colour)
                guard column < row.count - 1 else { break }
                line.add(String(repeating: " ", count: widths[column] - text.count + 2))
            }
            return line
        }
    }

    private static func cut(_ text: String, to width: Int) -> String {
        text.count > width ? text.prefix(max(0, width - 1)) + "…" : text
    }
}
