extension EventPatternCompiler {
    /// The rest of an object that says how values are compared.
    mutating func expression() throws(EventPatternError) -> ValuePattern {
        guard try reader.token() == .field else {
            throw reader.failure("Match expression name not found")
        }
        let name = reader.name
        switch name {
        case "exactly": return .string(try onlyString("exact match pattern must be a string"))
        case "prefix":
            return try affix("prefix", ValuePattern.prefix, ValuePattern.prefixIgnoringCase)
        case "suffix":
            return try affix("suffix", ValuePattern.suffix, ValuePattern.suffixIgnoringCase)
        case "equals-ignore-case":
            let text = try onlyString("equals-ignore-case match pattern must be a string")
            return .equalsIgnoringCase(FoldedText(text))
        case "wildcard":
            guard try reader.token() == .string else {
                throw reader.failure("wildcard match pattern must be a string")
            }
            let pattern = try wildcard(try reader.string())
            try end()
            return .wildcard(pattern)
        case "numeric":
            guard try reader.token() == .startArray else {
                throw reader.failure("Value of numeric must be an array.")
            }
            let range = try numeric()
            try end("Too many elements in numeric expression")
            return .numeric(range)
        case "cidr":
            let text = try onlyString("prefix match pattern must be a string")
            return .cidr(try AddressRange(cidr: text))
        case "exists": return try exists()
        case "anything-but": return try anythingBut()
        default: throw reader.failure("Unrecognized match type \(name)")
        }
    }

    /// The end of the expression's object.
    private mutating func end(
        _ message: String = "Only one key allowed in match expression"
    ) throws(EventPatternError) {
        guard try reader.token() == .endObject else { throw reader.failure(message) }
    }

    /// A string, and the end of the expression.
    private mutating func onlyString(_ message: String) throws(EventPatternError) -> String {
        guard try reader.token() == .string else { throw reader.failure(message) }
        let text = try reader.string()
        try end()
        return text
    }

    /// A prefix or suffix, which may be to be compared without regard to case.
    private mutating func affix(
        _ name: String,
        _ plain: (String) -> ValuePattern,
        _ folded: (FoldedText) -> ValuePattern
    ) throws(EventPatternError) -> ValuePattern {
        let token = try reader.token()
        if token == .string {
            let text = try reader.string()
            try end()
            return plain(text)
        }
        guard token == .startObject else {
            throw reader.failure("\(name) match pattern must be a string")
        }
        let title = name == "prefix" ? "Prefix" : "Suffix"
        guard try reader.token() == .field else {
            throw reader.failure("\(title) expression name not found")
        }
        guard reader.name == "equals-ignore-case" else {
            throw reader.failure("Unsupported \(name) pattern: \(reader.name)")
        }
        let text = try onlyString("equals-ignore-case match pattern must be a string")
        try end()
        return folded(FoldedText(text))
    }

    private func wildcard(_ text: String) throws(EventPatternError) -> WildcardPattern {
        let pattern: WildcardPattern
        do throws(EventPatternError) {
            pattern = try WildcardPattern(text)
        } catch {
            throw reader.failure(error.reason)
        }
        guard !pattern.isTooComplex else {
            throw EventPatternError(
                reason: "Rule is too complex - try using fewer wildcard characters or fewer "
                    + "repeating character sequences after a wildcard character"
            )
        }
        return pattern
    }

    private mutating func exists() throws(EventPatternError) -> ValuePattern {
        let token = try reader.token()
        guard token == .true || token == .false else {
            throw reader.failure("exists match pattern must be either true or false.")
        }
        try end()
        return token == .true ? .exists : .absent
    }

    // MARK: Numbers

    private mutating func numeric() throws(EventPatternError) -> NumericRange {
        let first = try reader.token()
        guard first == .string else {
            let shown = try reader.shown(first)
            throw reader.failure("Invalid member in numeric match: \(shown)")
        }
        let name = try reader.string()
        let token = try reader.token()
        switch name {
        case "=":
            let number = try bound(token, "Value of equals must be numeric")
            try endOfNumeric()
            let bound = NumericRange.Bound(number: number, isIncluded: true)
            return NumericRange(bottom: bound, top: bound)
        case "<", "<=":
            let number = try bound(token, "Value of \(name) must be numeric")
            try endOfNumeric()
            return NumericRange(top: .init(number: number, isIncluded: name == "<="))
        case ">", ">=":
            let number = try bound(token, "Value of \(name) must be numeric")
            let bottom = NumericRange.Bound(number: number, isIncluded: name == ">=")
            return try range(from: bottom)
        default: throw reader.failure("Unrecognized numeric range operator: \(name)")
        }
    }

    private mutating func range(
        from bottom: NumericRange.Bound
    ) throws(EventPatternError) -> NumericRange {
        let token = try reader.token()
        if token == .endArray { return NumericRange(bottom: bottom) }
        guard token == .string else {
            let shown = try reader.shown(token)
            throw reader.failure("Bad value in numeric range: \(shown)")
        }
        let name = try reader.string()
        guard name == "<" || name == "<=" else {
            throw reader.failure("Bad numeric range operator: \(name)")
        }
        let last = try reader.token()
        let number = try bound(last, "Value of \(name) must be numeric")
        guard try reader.token() == .endArray else {
            throw reader.failure("Too many terms in numeric range expression")
        }
        guard bottom.number < number else { throw reader.failure("Bottom must be less than top") }
        return NumericRange(
            bottom: bottom,
            top: .init(number: number, isIncluded: name == "<=")
        )
    }

    private mutating func endOfNumeric() throws(EventPatternError) {
        guard try reader.token() == .endArray else {
            throw reader.failure("Too many elements in numeric expression")
        }
    }

    private func bound(
        _ token: PatternToken,
        _ message: String
    ) throws(EventPatternError) -> EventNumber {
        guard token == .number else { throw reader.failure(message) }
        return try comparable()
    }

    /// The number that was read last.
    private func comparable() throws(EventPatternError) -> EventNumber {
        guard let number = EventNumber(reader.numberText) else {
            throw reader.failure("Value must be between -5.0E9 and 5.0E9, inclusive")
        }
        return number
    }

    // MARK: Anything but

    private mutating func anythingBut() throws(EventPatternError) -> ValuePattern {
        var kind: String?
        var token = try reader.token()
        if token == .startObject {
            guard try reader.token() == .field else {
                throw reader.failure("Anything-But expression name not found")
            }
            kind = reader.name
            guard ["equals-ignore-case", "prefix", "suffix", "wildcard"].contains(reader.name)
            else {
                throw reader.failure("Unsupported anything-but pattern: \(reader.name)")
            }
            token = try reader.token()
        }
        let patterns: [ValuePattern]
        switch token {
        case .startArray: patterns = try excludedList(kind)
        case .string, .number: patterns = [try excluded(token, kind)]
        default:
            throw reader.failure(
                "Value of anything-but must be an array or single string/number value."
            )
        }
        try end("Too many elements in numeric expression")
        if kind != nil { try end("Too many elements in numeric expression") }
        return .anythingBut(patterns)
    }

    private mutating func excludedList(
        _ kind: String?
    ) throws(EventPatternError) -> [ValuePattern] {
        var patterns: [ValuePattern] = []
        var types: Set<PatternToken> = []
        while true {
            let token = try reader.token()
            if token == .endArray { break }
            do throws(EventPatternError) {
                patterns.append(try excluded(token, kind))
            } catch {
                // EventBridge tells the place twice here.
                throw error.reason.utf8.contains(0x0A) ? reader.failure(error.reason) : error
            }
            types.insert(token)
        }
        guard kind != nil || types.count == 1 else {
            throw reader.failure(
                "Inside anything but list, either all values are number or string, mixed type is "
                    + "not supported"
            )
        }
        return patterns
    }

    private mutating func excluded(
        _ token: PatternToken,
        _ kind: String?
    ) throws(EventPatternError) -> ValuePattern {
        guard let kind else {
            switch token {
            case .string: return .string(try reader.string())
            case .number: return .number(reader.numberText, try comparable())
            default:
                throw reader.failure(
                    "Inside anything but list, start|null|boolean is not supported."
                )
            }
        }
        guard token == .string else { throw reader.failure(Self.misfit(of: kind)) }
        let text = try reader.string()
        switch kind {
        case "wildcard": return .wildcard(try wildcard(text))
        case "equals-ignore-case": return .equalsIgnoringCase(FoldedText(text))
        default:
            guard !text.isEmpty else { throw reader.failure("Null prefix/suffix not allowed") }
            return kind == "prefix" ? .prefix(text) : .suffix(text)
        }
    }

    private static func misfit(of kind: String) -> String {
        switch kind {
        case "equals-ignore-case":
            "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not "
                + "supported."
        case "wildcard": "wildcard match pattern must be a string"
        default: "prefix/suffix match pattern must be a string"
        }
    }
}
