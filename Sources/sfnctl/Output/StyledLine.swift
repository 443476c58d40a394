/// A line in parts, each in a colour of its own, that can be cut to a width.
struct StyledLine {
    private var parts: [Table.Cell] = []

    init(_ parts: Table.Cell...) {
        self.parts = parts
    }

    /// A line of one part.
    init(_ text: String, _ colour: Terminal.Colour? = nil) {
        parts = [Table.Cell(text, colour)]
    }

    mutating func add(_ text: String, _ colour: Terminal.Colour? = nil) {
        parts.append(Table.Cell(text, colour))
    }

    /// The characters in it.
    var count: Int { parts.reduce(0) { $0 + $1.text.count } }

    /// The text in its colours, where a stream has some; cut to `width` columns.
    func text(on stream: Terminal.Stream = .output, width: Int? = nil) -> String {
        var room = width ?? .max
        var text = ""
        for part in parts where room > 0 {
            let isCut = part.text.count > room
            let shown = isCut ? part.text.prefix(room - 1) + "…" : Substring(part.text)
            room -= isCut ? room : part.text.count
            text += Terminal.coloured(String(shown), part.colour, on: stream)
        }
        return text
    }
}
