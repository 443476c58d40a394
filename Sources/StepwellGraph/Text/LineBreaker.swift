/// Fills lines with the pieces of a text, greedily.
struct LineBreaker {
    private static let ellipsis: Unicode.Scalar = "\u{2026}"

    private let face: TextFace
    /// Thousandths of an em.
    private let room: Int
    private let limit: Int
    private var lines: [String.UnicodeScalarView] = []
    private var line = String.UnicodeScalarView()
    private var lineAdvance = 0
    private(set) var isElided = false

    init(face: TextFace, maximumWidth: Int, limit: Int) {
        self.face = face
        self.limit = limit
        room = maximumWidth * 1000 / face.size
    }

    /// Takes a text; what comes after the last line that there may be is dropped.
    mutating func add(_ text: String) {
        var pieces: [String.UnicodeScalarView] = []
        var piece = String.UnicodeScalarView()
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            let isSpace = scalar.value <= 0x20 || scalar.value == 0x7F
            let scalar = isSpace ? " " : scalar
            if isSpace, previous == " " { continue }
            if previous != " ", Self.mayBreak(previous, scalar) {
                pieces.append(piece)
                piece = String.UnicodeScalarView()
            }
            piece.append(scalar)
            if isSpace {
                place(word: pieces + [piece])
                if isElided { return }
                pieces = []
                piece = String.UnicodeScalarView()
            }
            previous = scalar
        }
        place(word: pieces + [piece])
    }

    /// The lines.
    mutating func finished() -> [String] {
        if !line.isEmpty { close() }
        if isElided, let last = lines.popLast() {
            lines.append(Self.elided(last, face: face, room: room))
        }
        return lines.map { String($0) }
    }

    /// Puts a word into the line, or into the next one if it fits there; else piece by piece.
    private mutating func place(word: [String.UnicodeScalarView]) {
        let whole = word.reduce(into: String.UnicodeScalarView()) { $0.append(contentsOf: $1) }
        let advance = Self.trimmed(whole).reduce(0) { $0 + face.advance(of: $1) }
        if lineAdvance + advance > room, advance <= room, !line.isEmpty, lines.count + 1 < limit {
            close()
        }
        guard lineAdvance + advance > room else {
            place(whole)
            return
        }
        for piece in word where !isElided { place(piece) }
    }

    private mutating func place(_ piece: String.UnicodeScalarView) {
        guard !isElided else { return }
        let advance = Self.trimmed(piece).reduce(0) { $0 + face.advance(of: $1) }
        if !line.isEmpty, lineAdvance + advance > room {
            guard lines.count + 1 < limit else {
                line.append(contentsOf: piece)
                isElided = true
                return
            }
            close()
        }
        for scalar in piece {
            let step = face.advance(of: scalar)
            if lineAdvance + step > room, scalar != " ", !line.isEmpty {
                guard lines.count + 1 < limit else {
                    line.append(scalar)
                    isElided = true
                    return
                }
                close()
            }
            line.append(scalar)
            lineAdvance += step
        }
    }

    private mutating func close() {
        lines.append(Self.trimmed(line))
        line = String.UnicodeScalarView()
        lineAdvance = 0
    }

    private static func trimmed(_ line: String.UnicodeScalarView) -> String.UnicodeScalarView {
        var line = line
        while line.last == " " { line.removeLast() }
        return line
    }

    private static func elided(
        _ line: String.UnicodeScalarView,
        face: TextFace,
        room: Int
    ) -> String.UnicodeScalarView {
        var line = line
        var advance = line.reduce(face.advance(of: ellipsis)) { $0 + face.advance(of: $1) }
        while let last = line.last, advance > room || last == " " {
            line.removeLast()
            advance -= face.advance(of: last)
        }
        line.append(ellipsis)
        return line
    }

    private static func mayBreak(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
        switch left {
        case "-", "_", "/", ":", ",": return right != " " && right != left
        case ".": return right.properties.isAlphabetic
        default:
            return left.properties.isLowercase && right.properties.isUppercase
                || left.value >= 0x2E80 && right.value >= 0x2E80
        }
    }
}
