import StepwellJSON

extension PathParser {
    /// A condition: `||` binds weaker than `&&`, and that weaker than `!`.
    mutating func parseFilter() throws(JSONPathSyntaxError) -> FilterExpression {
        try enter()
        defer { leave() }
        var terms = [try parseConjunction()]
        skipBlanks()
        while take(word: "||") {
            terms.append(try parseConjunction())
            skipBlanks()
        }
        return terms.count == 1 ? terms[0] : .or(terms)
    }

    private mutating func parseConjunction() throws(JSONPathSyntaxError) -> FilterExpression {
        var terms = [try parseCondition()]
        skipBlanks()
        while take(word: "&&") {
            terms.append(try parseCondition())
            skipBlanks()
        }
        return terms.count == 1 ? terms[0] : .and(terms)
    }

    private mutating func parseCondition() throws(JSONPathSyntaxError) -> FilterExpression {
        skipBlanks()
        if take("!") {
            try enter()
            defer { leave() }
            return .not(try parseCondition())
        }
        if take("(") {
            let inner = try parseFilter()
            skipBlanks()
            try expect(")")
            return inner
        }
        return try parseComparison()
    }

    private mutating func parseComparison() throws(JSONPathSyntaxError) -> FilterExpression {
        let start = position
        let left = try parseOperand()
        skipBlanks()
        if let comparison = parseOperator() {
            skipBlanks()
            let right = try parseOperand()
            try check(comparison, left, right, at: start)
            return .comparison(left, comparison, right)
        }
        guard case .path(let path) = left else { throw unexpected("an operator") }
        return .exists(path)
    }

    private func check(
        _ comparison: FilterOperator,
        _ left: FilterOperand,
        _ right: FilterOperand,
        at start: Int
    ) throws(JSONPathSyntaxError) {
        var patterns = 0
        if case .pattern = left { patterns += 1 }
        if case .pattern = right { patterns += 1 }
        guard patterns == (comparison == .matches ? 1 : 0) else {
            throw failure("'=~' compares with one /pattern/, no other operator does", at: start)
        }
    }

    private mutating func parseOperator() -> FilterOperator? {
        for (symbol, comparison) in FilterOperator.symbols where take(word: symbol) {
            return comparison
        }
        var end = position
        while end < bytes.count, (0x41...0x5A).contains(bytes[end] & 0xDF) {
            end += 1
        }
        let word = bytes[position..<end].map { $0 | 0x20 }
        for (spelling, comparison) in FilterOperator.words
        where word.elementsEqual(spelling.utf8) {
            position = end
            return comparison
        }
        return nil
    }

    private mutating func parseOperand() throws(JSONPathSyntaxError) -> FilterOperand {
        skipBlanks()
        if let path = try parseEmbeddedPath() {
            return .path(path)
        }
        if peek == UInt8(ascii: "/") {
            return .pattern(try parsePattern())
        }
        return .value(try parseLiteral())
    }

    private mutating func parsePattern() throws(JSONPathSyntaxError) -> PatternProgram {
        position += 1
        let start = position
        while let byte = peek, byte != UInt8(ascii: "/") {
            position += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        guard position < bytes.count else { throw failure("the pattern has no end", at: start - 1) }
        let body = start..<position
        position += 1
        let flags = position
        while let byte = peek, (0x41...0x5A).contains(byte & 0xDF) {
            position += 1
        }
        var compiler = PatternCompiler(text(body), origin: start)
        return try compiler.compile(flags: bytes[flags..<position])
    }
}
