/// The text of a template in which placeholders may stand outside of strings, as in
/// `"Seconds": ${Delay}`, made into JSON.
///
/// There, a placeholder with a value becomes that value as it is, and one without becomes a
/// string that holds it, so that it is reported like any other. Strings are left alone. Values are
/// taken to have no line breaks.
package struct TemplateText: Sendable {
    /// The text with those placeholders replaced.
    package let json: [UInt8]
    /// Where text was replaced, and how many characters were added before the next column.
    private let edits: [Edit]

    private struct Edit: Sendable {
        let line: Int
        let column: Int
        let added: Int
    }

    /// Reads a template.
    package init(_ bytes: [UInt8], substitutions: [String: String] = [:]) {
        var reader = Reader(bytes: bytes, substitutions: substitutions)
        reader.read()
        json = reader.written
        edits = reader.edits
    }

    /// The place in the template of a place in `json`; lines and columns count from 1.
    package func position(line: Int, column: Int) -> (line: Int, column: Int) {
        let added = edits.reduce(0) {
            $1.line == line && $1.column < column ? $0 + $1.added : $0
        }
        return (line, max(1, column - added))
    }

    private struct Reader {
        let bytes: [UInt8]
        let substitutions: [String: String]
        var written: [UInt8] = []
        var edits: [Edit] = []
        /// The characters of a name that are looked at, so that a text of dollars is read fast.
        private static let longestName = 256

        private var place = 0
        private var line = 1
        private var column = 1

        init(bytes: [UInt8], substitutions: [String: String]) {
            self.bytes = bytes
            self.substitutions = substitutions
            written.reserveCapacity(bytes.count)
        }

        mutating func read() {
            var isInString = false
            while place < bytes.count {
                let byte = bytes[place]
                if byte == UInt8(ascii: "\\"), isInString, place + 1 < bytes.count {
                    copy()
                } else if byte == UInt8(ascii: "\"") {
                    isInString.toggle()
                } else if byte == UInt8(ascii: "$"), !isInString, let name = placeholder() {
                    replace(name)
                    continue
                }
                copy()
            }
        }

        private mutating func copy() {
            let byte = bytes[place]
            written.append(byte)
            place += 1
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }

        /// The placeholder at hand.
        private func placeholder() -> String? {
            guard place + 1 < bytes.count, bytes[place + 1] == UInt8(ascii: "{") else { return nil }
            let ahead = bytes[place...].prefix(Self.longestName + 3)
            guard let close = ahead.firstIndex(of: UInt8(ascii: "}")) else { return nil }
            let text = String(decoding: bytes[place...close], as: UTF8.self)
            let names = Placeholder.names(in: text)
            guard let name = names.first, text.utf8.elementsEqual("${\(name)}".utf8) else {
                return nil
            }
            return name
        }

        private mutating func replace(_ name: String) {
            let length = name.utf8.count + 3
            let text = substitutions[name] ?? "\"${\(name)}\""
            written += Array(text.utf8)
            let added = text.unicodeScalars.count - length
            edits.append(Edit(line: line, column: column, added: added))
            column += text.unicodeScalars.count
            place += length
        }
    }
}
