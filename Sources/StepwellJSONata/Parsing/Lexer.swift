import StepwellJSON

/// Takes an expression apart into tokens.
struct Lexer {
    let units: [UInt16]
    private(set) var place = 0

    private static let single = Set(".[]{}(),@#;:?+-*/%|=<>^&!~".utf16)
    private static let double: [(UInt16, UInt16)] = [
        "..", ":=", "!=", ">=", "<=", "**", "~>", "?:", "??",
    ].map { pair in (Array(pair.utf16)[0], Array(pair.utf16)[1]) }

    init(_ units: [UInt16]) {
        self.units = units
    }

    private var current: UInt16? { place < units.count ? units[place] : nil }

    private func unit(_ offset: Int) -> UInt16? {
        place + offset < units.count ? units[place + offset] : nil
    }

    /// The next token; `isInfix` says that a slash is a division.
    mutating func next(isInfix: Bool) throws(Fault) -> Token {
        try skipSpace()
        guard let unit = current else {
            return Token(kind: .end, text: "(end)", position: units.count)
        }
        if !isInfix, unit == Self.code("/") {
            place += 1
            return try pattern()
        }
        if let second = self.unit(1), Self.double.contains(where: { $0 == (unit, second) }) {
            place += 2
            return Token(
                kind: .symbol,
                text: UTF16Text.string([unit, second]),
                position: place
            )
        }
        if Self.single.contains(unit) {
            place += 1
            guard unit != Self.code("!"), unit != Self.code("~") else {
                throw Fault("S0204", position: place, token: UTF16Text.string([unit]))
            }
            return Token(kind: .symbol, text: UTF16Text.string([unit]), position: place)
        }
        switch unit {
        case Self.code("\""), Self.code("'"): return try string(closing: unit)
        case Self.code("`"): return try quotedName()
        default: return try numberToken() ?? word()
        }
    }

    /// The text of a signature, whose opening `<` was just read; spaces dropped.
    mutating func signature() throws(Fault) -> String {
        var depth = 1
        var text: [UInt16] = [Self.code("<")]
        while depth > 0 {
            guard let unit = current, unit != Self.code("{") else {
                throw Fault("S0202", position: place, token: "{", detail: ">")
            }
            place += 1
            if unit == Self.code("<") {
                depth += 1
            } else if unit == Self.code(">") {
                depth -= 1
            }
            if !Self.isSpace(unit) {
                text.append(unit)
            }
        }
        return UTF16Text.string(text)
    }

    private static func code(_ scalar: Unicode.Scalar) -> UInt16 {
        UInt16(truncatingIfNeeded: scalar.value)
    }

    private static func isSpace(_ unit: UInt16) -> Bool {
        unit == 0x20 || (unit >= 0x09 && unit <= 0x0B) || unit == 0x0D
    }

    private mutating func skipSpace() throws(Fault) {
        while let unit = current {
            if Self.isSpace(unit) {
                place += 1
            } else if unit == Self.code("/"), self.unit(1) == Self.code("*") {
                try skipComment()
            } else {
                return
            }
        }
    }

    private mutating func skipComment() throws(Fault) {
        let start = place
        place += 2
        while !(current == Self.code("*") && unit(1) == Self.code("/")) {
            guard place < units.count else {
                throw Fault("S0106", position: start)
            }
            place += 1
        }
        place += 2
    }

    private mutating func pattern() throws(Fault) -> Token {
        let start = place
        var depth = 0
        while let unit = current {
            let isEscaped =
                place > start && units[place - 1] == Self.code("\\")
                && !(place > start + 1 && units[place - 2] == Self.code("\\"))
            if unit == Self.code("/"), !isEscaped, depth == 0 {
                return try endPattern(start)
            }
            if !isEscaped {
                if [Self.code("("), Self.code("["), Self.code("{")].contains(unit) {
                    depth += 1
                } else if [Self.code(")"), Self.code("]"), Self.code("}")].contains(unit) {
                    depth -= 1
                }
            }
            place += 1
        }
        throw Fault("S0302", position: place)
    }

    private mutating func endPattern(_ start: Int) throws(Fault) -> Token {
        let body = Array(units[start..<place])
        guard !body.isEmpty else {
            throw Fault("S0301", position: place)
        }
        place += 1
        var ignoreCase = false
        var multiline = false
        while let flag = current, flag == Self.code("i") || flag == Self.code("m") {
            place += 1
            // JavaScript takes each flag once.
            guard !(flag == Self.code("i") ? ignoreCase : multiline) else {
                throw Fault("S0303", position: place, token: UTF16Text.string([flag]))
            }
            ignoreCase = ignoreCase || flag == Self.code("i")
            multiline = multiline || flag == Self.code("m")
        }
        var token = Token(kind: .regularExpression, text: UTF16Text.string(body), position: place)
        token.pattern = PatternLiteral(
            pattern: body,
            ignoreCase: ignoreCase,
            multiline: multiline
        )
        return token
    }

    private mutating func string(closing: UInt16) throws(Fault) -> Token {
        place += 1
        var text: [UInt16] = []
        while let unit = current {
            if unit == closing {
                place += 1
                return Token(kind: .string, text: UTF16Text.string(text), position: place)
            }
            if unit == Self.code("\\") {
                place += 1
                text.append(try escape())
            } else {
                text.append(unit)
            }
            place += 1
        }
        throw Fault("S0101", position: place)
    }

    /// The unit of the escape whose letter is here; leaves the place on its last unit.
    private mutating func escape() throws(Fault) -> UInt16 {
        guard let letter = current else {
            throw Fault("S0103", position: place, token: "")
        }
        switch letter {
        case Self.code("\""), Self.code("\\"), Self.code("/"): return letter
        case Self.code("b"): return 0x08
        case Self.code("f"): return 0x0C
        case Self.code("n"): return 0x0A
        case Self.code("r"): return 0x0D
        case Self.code("t"): return 0x09
        case Self.code("u"):
            var value: UInt16 = 0
            for offset in 1...4 {
                guard let digit = unit(offset).flatMap(Self.hexadecimal) else {
                    throw Fault("S0104", position: place)
                }
                value = value << 4 | digit
            }
            place += 4
            return value
        default:
            throw Fault("S0103", position: place, token: UTF16Text.string([letter]))
        }
    }

    private static func hexadecimal(_ unit: UInt16) -> UInt16? {
        switch unit {
        case 0x30...0x39: unit - 0x30
        case 0x41...0x46: unit - 0x41 + 10
        case 0x61...0x66: unit - 0x61 + 10
        default: nil
        }
    }

    private mutating func quotedName() throws(Fault) -> Token {
        place += 1
        guard let end = units[place...].firstIndex(of: Self.code("`")) else {
            place = units.count
            throw Fault("S0105", position: place)
        }
        let name = UTF16Text.string(units[place..<end])
        place = end + 1
        return Token(kind: .name, text: name, position: place)
    }

    private static func isDigit(_ unit: UInt16?) -> Bool {
        unit.map { $0 >= 0x30 && $0 <= 0x39 } ?? false
    }

    private mutating func numberToken() throws(Fault) -> Token? {
        guard Self.isDigit(current) else {
            return nil
        }
        var length = 1
        if current != Self.code("0") {
            while Self.isDigit(unit(length)) {
                length += 1
            }
        }
        if unit(length) == Self.code("."), Self.isDigit(unit(length + 1)) {
            length += 1
            while Self.isDigit(unit(length)) {
                length += 1
            }
        }
        length += exponentLength(from: length)
        let text = UTF16Text.string(units[place..<place + length])
        guard let value = Double(text), value.isFinite else {
            throw Fault("S0102", position: place, token: text)
        }
        place += length
        var token = Token(kind: .number, text: text, position: place)
        token.number = value
        return token
    }

    private func exponentLength(from start: Int) -> Int {
        guard unit(start) == Self.code("e") || unit(start) == Self.code("E") else {
            return 0
        }
        let hasSign = unit(start + 1) == Self.code("+") || unit(start + 1) == Self.code("-")
        let first = hasSign ? 2 : 1
        var length = first
        while Self.isDigit(unit(start + length)) {
            length += 1
        }
        return length > first ? length : 0
    }

    private mutating func word() -> Token {
        let start = place
        while let unit = current, !Self.isSpace(unit), !Self.single.contains(unit) {
            place += 1
        }
        let isVariable = units[start] == Self.code("$")
        let text = UTF16Text.string(units[(isVariable ? start + 1 : start)..<place])
        if isVariable {
            return Token(kind: .variable, text: text, position: place)
        }
        switch text {
        case "or", "in", "and": return Token(kind: .symbol, text: text, position: place)
        case "true", "false", "null": return Token(kind: .value, text: text, position: place)
        default: return Token(kind: .name, text: text, position: place)
        }
    }
}
