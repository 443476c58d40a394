/// The grammar: a parser by operator precedence.
struct Parser {
    /// The deepest tree accepted; everything that walks a tree is recursive.
    static let maximumHeight = 400

    var lexer: Lexer
    var token: Token
    var depth = 0

    static let precedence: [String: Int] = [
        ".": 75, "[": 80, "{": 70, "(": 80, "@": 80, "#": 80, "?": 20, "+": 50, "-": 50, "*": 60,
        "/": 60, "%": 60, "=": 40, "<": 40, ">": 40, "^": 40, "..": 20, ":=": 10, "!=": 40,
        "<=": 40, ">=": 40, "~>": 40, "?:": 40, "??": 40, "and": 30, "or": 25, "in": 40, "&": 50,
        ";": 0, ":": 0, ",": 0, ")": 0, "]": 0, "}": 0, "|": 0, "**": 0, "!": 0, "~": 0,
    ]

    /// Reads a whole expression.
    static func parse(_ units: [UInt16]) throws(Fault) -> Syntax {
        var lexer = Lexer(units)
        let first = try lexer.next(isInfix: false)
        var parser = Parser(lexer: lexer, token: first)
        let tree = try parser.expression(0)
        guard parser.token.kind == .end else {
            throw Fault("S0201", position: parser.token.position, token: parser.token.text)
        }
        return tree
    }

    private init(lexer: Lexer, token: Token) {
        self.lexer = lexer
        self.token = token
    }

    /// Steps over an expected operator.
    mutating func advance(over expected: String, isInfix: Bool = false) throws(Fault) {
        guard token.isSymbol(expected) else {
            let code = token.kind == .end ? "S0203" : "S0202"
            throw Fault(code, position: token.position, token: token.text, detail: expected)
        }
        try advance(isInfix: isInfix)
    }

    mutating func advance(isInfix: Bool) throws(Fault) {
        token = try lexer.next(isInfix: isInfix)
    }

    /// Reads an expression of operators that bind more tightly than `power`.
    mutating func expression(_ power: Int) throws(Fault) -> Syntax {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumHeight else {
            throw Self.tooDeep(token.position, token.text)
        }
        var left = try prefix()
        while token.kind == .symbol, power < Self.precedence[token.text] ?? 0 {
            left = try infix(left)
            guard left.height <= Self.maximumHeight else {
                throw Self.tooDeep(left.position, left.text)
            }
        }
        return left
    }

    private static func tooDeep(_ position: Int, _ token: String) -> Fault {
        Fault("U1001", position: position, token: token, detail: "depth")
    }

    /// Reads a literal, a name or what a prefix operator begins.
    private mutating func prefix() throws(Fault) -> Syntax {
        let start = token
        switch start.kind {
        case .end: throw Fault("S0207", position: start.position, token: start.text)
        case .symbol: return try prefixOperator(start)
        default: break
        }
        try advance(isInfix: true)
        switch start.kind {
        case .name: return Syntax(.name, at: start.position, text: start.text)
        case .variable: return Syntax(.variable, at: start.position, text: start.text)
        case .string: return Syntax(.string, at: start.position, text: start.text)
        case .value: return Syntax(.value, at: start.position, text: start.text)
        case .number:
            let literal = Syntax(.number, at: start.position, text: start.text)
            literal.number = start.number
            return literal
        default:
            let literal = Syntax(.regularExpression, at: start.position, text: start.text)
            literal.pattern = start.pattern
            return literal
        }
    }

    private mutating func prefixOperator(_ start: Token) throws(Fault) -> Syntax {
        let terminals = ["*", "**", "%", "and", "or", "in", "?"]
        try advance(isInfix: terminals.contains(start.text))
        switch start.text {
        case "*": return Syntax(.wildcard, at: start.position, text: "*")
        case "**": return Syntax(.descendants, at: start.position, text: "**")
        case "%": return Syntax(.parent, at: start.position, text: "%")
        case "and", "or", "in": return Syntax(.name, at: start.position, text: start.text)
        case "-":
            return Syntax(.negate, at: start.position, [try expression(70)], text: "-")
        case "(": return try block(start)
        case "[": return try array(start)
        case "{": return try object(start)
        case "|": return try transform(start)
        default:
            throw Fault("S0211", position: start.position, token: start.text)
        }
    }

    private mutating func block(_ start: Token) throws(Fault) -> Syntax {
        var expressions: [Syntax] = []
        while !token.isSymbol(")") {
            expressions.append(try expression(0))
            guard token.isSymbol(";") else {
                break
            }
            try advance(isInfix: false)
        }
        try advance(over: ")", isInfix: true)
        return Syntax(.block, at: start.position, expressions)
    }

    private mutating func array(_ start: Token) throws(Fault) -> Syntax {
        var items: [Syntax] = []
        if !token.isSymbol("]") {
            while true {
                var item = try expression(0)
                if token.isSymbol("..") {
                    let place = token.position
                    try advance(isInfix: false)
                    item = Syntax(.binary, at: place, [item, try expression(0)], text: "..")
                }
                items.append(item)
                guard token.isSymbol(",") else {
                    break
                }
                try advance(isInfix: false)
            }
        }
        try advance(over: "]", isInfix: true)
        return Syntax(.array, at: start.position, items)
    }

    /// Reads the pairs of an object or a group, whose brace was read.
    func heightOf(_ pairs: [Syntax.Pair]) -> Int {
        pairs.map { max($0.key.height, $0.value.height) }.max() ?? 0
    }

    mutating func pairs() throws(Fault) -> [Syntax.Pair] {
        var pairs: [Syntax.Pair] = []
        if !token.isSymbol("}") {
            while true {
                let key = try expression(0)
                try advance(over: ":")
                pairs.append(Syntax.Pair(key: key, value: try expression(0)))
                guard token.isSymbol(",") else {
                    break
                }
                try advance(isInfix: false)
            }
        }
        try advance(over: "}", isInfix: true)
        return pairs
    }

    private mutating func object(_ start: Token) throws(Fault) -> Syntax {
        let pairs = try pairs()
        let object = Syntax(.object, at: start.position, parts: [], height: heightOf(pairs) + 1)
        object.pairs = pairs
        return object
    }

    private mutating func transform(_ start: Token) throws(Fault) -> Syntax {
        var parts = [try expression(0)]
        try advance(over: "|")
        parts.append(try expression(0))
        if token.isSymbol(",") {
            try advance(isInfix: false)
            parts.append(try expression(0))
        }
        try advance(over: "|", isInfix: true)
        return Syntax(.transform, at: start.position, parts)
    }
}
