/// Splits Swift source into tokens and comments.
///
/// No rule is then fooled by the text of a string literal or of a comment. Code inside `\(…)` is
/// code. Bare regex literals are not known.
struct SwiftLexer {
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private(set) var tokens: [Token] = []
    /// The text of the comments that stand on a line, by line number from 1.
    private(set) var comments: [Int: String] = [:]

    init(_ text: String) {
        bytes = Array(text.utf8)
        while position < bytes.count { code(inInterpolation: false) }
    }

    private func peek(_ offset: Int = 0) -> UInt8? {
        position + offset < bytes.count ? bytes[position + offset] : nil
    }

    private func starts(with text: StaticString) -> Bool {
        text.withUTF8Buffer { expected in
            position + expected.count <= bytes.count
                && expected.indices.allSatisfy { bytes[position + $0] == expected[$0] }
        }
    }

    private mutating func advance(_ count: Int = 1) {
        for _ in 0..<count {
            if peek() == UInt8(ascii: "\n") { line += 1 }
            position += 1
        }
    }

    /// Consumes code up to the end, or up to the parenthesis that closes an interpolation.
    private mutating func code(inInterpolation: Bool) {
        var depth = 0
        while let byte = peek() {
            if starts(with: "//") {
                lineComment()
            } else if starts(with: "/*") {
                blockComment()
            } else if let hashes = stringStart() {
                string(hashes: hashes)
            } else if isWord(byte) {
                word()
            } else {
                if byte == UInt8(ascii: "(") { depth += 1 }
                if byte == UInt8(ascii: ")") {
                    if inInterpolation && depth == 0 { return }
                    depth -= 1
                }
                if byte > UInt8(ascii: " ") {
                    tokens.append(Token(text: String(UnicodeScalar(byte)), line: line))
                }
                advance()
            }
        }
    }

    private func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }

    private mutating func word() {
        let start = position
        while let byte = peek(), isWord(byte) { position += 1 }
        // `try!` is one token, so that it is not taken for `try !condition`.
        let word = bytes[start..<position]
        let forcible = word.elementsEqual("try".utf8) || word.elementsEqual("as".utf8)
        if forcible && peek() == UInt8(ascii: "!") { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        tokens.append(Token(text: text, line: line))
    }

    private mutating func lineComment() {
        let start = position
        while let byte = peek(), byte != UInt8(ascii: "\n") { position += 1 }
        comments[line, default: ""] += String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func blockComment() {
        var depth = 0
        repeat {
            if starts(with: "/*") {
                depth += 1
                advance(2)
            } else if starts(with: "*/") {
                depth -= 1
                advance(2)
            } else {
                let byte = peek() ?? 0
                comments[line, default: "/*"] += String(UnicodeScalar(byte))
                advance()
            }
        } while depth > 0 && position < bytes.count
    }

    /// The number of `#` before a quotation mark that opens a string here; nil when none does.
    private func stringStart() -> Int? {
        var hashes = 0
        while peek(hashes) == UInt8(ascii: "#") { hashes += 1 }
        return peek(hashes) == UInt8(ascii: "\"") ? hashes : nil
    }

    private func closes(quotes: Int, hashes: Int) -> Bool {
        (0..<quotes).allSatisfy { peek($0) == UInt8(ascii: "\"") }
            && (0..<hashes).allSatisfy { peek(quotes + $0) == UInt8(ascii: "#") }
    }

    private mutating func string(hashes: Int) {
        advance(hashes)
        let quotes = starts(with: "\"\"\"") ? 3 : 1
        advance(quotes)
        tokens.append(Token(text: "\"", line: line))
        while let byte = peek() {
            if closes(quotes: quotes, hashes: hashes) {
                advance(quotes + hashes)
                return
            }
            if quotes == 1 && byte == UInt8(ascii: "\n") { return }
            guard byte == UInt8(ascii: "\\"),
                (0..<hashes).allSatisfy({ peek(1 + $0) == UInt8(ascii: "#") })
            else {
                advance()
                continue
            }
            advance(1 + hashes)
            if peek() == UInt8(ascii: "(") {
                advance()
                code(inInterpolation: true)
            }
            advance(peek() == nil ? 0 : 1)
        }
    }
}
