/// A token of an expression.
struct Token {
    /// What kind of token.
    enum Kind: Equatable {
        case name, variable, symbol, string, number, value, regularExpression, end
    }

    let kind: Kind
    /// The name, the operator, the string's value, or `true`, `false`, `null`.
    let text: String
    /// Where the token ends, as an offset in UTF-16 code units; the place that errors tell.
    let position: Int
    var number = 0.0
    var pattern: PatternLiteral?

    /// Whether the token is this operator.
    func isSymbol(_ symbol: String) -> Bool { kind == .symbol && text == symbol }
}

/// A regular expression as it was written.
struct PatternLiteral {
    let pattern: [UInt16]
    let ignoreCase: Bool
    let multiline: Bool
}
