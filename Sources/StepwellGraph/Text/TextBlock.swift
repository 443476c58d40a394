/// A text broken into lines that fit a width.
struct TextBlock: Sendable, Hashable {
    /// The lines, from the top.
    let lines: [String]
    /// The pixels of the widest line.
    let width: Int
    /// Whether something of the text is left out.
    let isElided: Bool

    /// No text.
    static let empty = TextBlock(lines: [], width: 0, isElided: false)

    private init(lines: [String], width: Int, isElided: Bool) {
        self.lines = lines
        self.width = width
        self.isElided = isElided
    }

    /// Breaks `text` after spaces and punctuation and between the words of camel case; what does
    /// not fit into `maximumLines` is elided.
    init(_ text: String, face: TextFace, maximumWidth: Int, maximumLines: Int) {
        var breaker = LineBreaker(face: face, maximumWidth: maximumWidth, limit: maximumLines)
        breaker.add(text)
        lines = breaker.finished()
        isElided = breaker.isElided
        width = lines.map { face.width(of: $0) }.max() ?? 0
    }

    /// Several texts one below the other, the last line saying how many do not fit.
    init(paragraphs: [String], face: TextFace, maximumWidth: Int, maximumLines: Int) {
        var lines: [String] = []
        var isElided = false
        for (place, paragraph) in paragraphs.enumerated() {
            let left = paragraphs.count - place
            let room = maximumLines - lines.count - (left > 1 ? 1 : 0)
            guard room > 0 else {
                lines.append("and \(left) more")
                isElided = true
                break
            }
            let block = TextBlock(
                paragraph,
                face: face,
                maximumWidth: maximumWidth,
                maximumLines: min(room, 3)
            )
            lines += block.lines
            isElided = isElided || block.isElided
        }
        self.lines = lines
        self.isElided = isElided
        width = lines.map { face.width(of: $0) }.max() ?? 0
    }

    /// The same with a few words behind the last line, or on one of their own.
    func followed(by words: String?, face: TextFace, maximumWidth: Int) -> TextBlock {
        guard let words else { return self }
        var lines = lines
        let joined = (lines.last.map { "\($0) \u{B7} " } ?? "") + words
        if !isElided, !lines.isEmpty, face.width(of: joined) <= maximumWidth {
            lines[lines.count - 1] = joined
        } else {
            lines.append(words)
        }
        return TextBlock(
            lines: lines,
            width: lines.map { face.width(of: $0) }.max() ?? 0,
            isElided: isElided
        )
    }
}
