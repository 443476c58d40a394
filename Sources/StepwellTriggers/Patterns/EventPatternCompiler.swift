/// Compiles an event pattern from its text.
///
/// `$or` forks what was read so far into alternatives; a field that is asked for again replaces
/// what was asked of it before.
struct EventPatternCompiler {
    var reader: PatternReader
    private var alternatives: [[[UInt8]: [ValuePattern]]] = []

    /// Names that no field within `$or` may have: with them it would not be known for what it is.
    private static let reserved: Set<String> = [
        "exactly", "equals-ignore-case", "prefix", "suffix", "anything-but", "exists", "wildcard",
        "numeric", "cidr", "=", "<", "<=", ">", ">=", "regex", "not-wildcard",
        "not-equals-ignore-case", "date-after", "date-on-or-after", "date-before",
        "date-on-or-before", "in-date-range", "ip-address-in-range", "ip-address-not-in-range",
    ]

    init(_ text: [UInt8]) {
        reader = PatternReader(text)
    }

    /// The alternatives of the pattern.
    mutating func compile() throws(EventPatternError) -> [[EventPattern.Field]] {
        guard try reader.token() == .startObject else {
            throw reader.failure("Filter is not an object")
        }
        try object(at: [], isWithinOr: false)
        guard try reader.token() == .end else {
            throw reader.failure("There is something after the pattern")
        }
        return alternatives.map { fields in
            fields.map { EventPattern.Field(path: $0.key, values: $0.value) }
                .sorted { $0.path.lexicographicallyPrecedes($1.path) }
        }
    }

    private mutating func object(
        at path: [UInt8],
        isWithinOr: Bool
    ) throws(EventPatternError) {
        var isEmpty = true
        while try reader.token() != .endObject {
            isEmpty = false
            let name = reader.name
            if name == "$or" {
                try or(at: path)
                continue
            }
            if isWithinOr, Self.reserved.contains(name) {
                throw reader.failure(
                    "\(name) is Ruler reserved fieldName which cannot be used inside $or."
                )
            }
            let inner = path.isEmpty ? Array(name.utf8) : path + [0x2E] + Array(name.utf8)
            switch try reader.token() {
            case .startObject: try object(at: inner, isWithinOr: isWithinOr)
            case .startArray: try field(at: inner)
            default: throw reader.failure("\"\(name)\" must be an object or an array")
            }
        }
        if isEmpty { throw reader.failure("Empty objects are not allowed") }
    }

    private mutating func or(at path: [UInt8]) throws(EventPatternError) {
        let before = alternatives.isEmpty ? [[:]] : alternatives
        guard try reader.token() == .startArray else {
            throw reader.failure("It must be an Array followed with $or.")
        }
        var forked: [[[UInt8]: [ValuePattern]]] = []
        var count = 0
        while true {
            let token = try reader.token()
            if token == .endArray { break }
            guard token == .startObject else {
                throw reader.failure("Only JSON object is allowed in array of $or relationship.")
            }
            count += 1
            alternatives = before
            try object(at: path, isWithinOr: true)
            forked += alternatives
            guard forked.count <= EventPattern.alternativeLimit else {
                throw EventPatternError(
                    reason: "Rule is too complex - $or comes to more than "
                        + "\(EventPattern.alternativeLimit) combinations"
                )
            }
        }
        guard count >= 2 else {
            throw reader.failure("There must have at least 2 Objects in $or relationship.")
        }
        alternatives = forked
    }

    private mutating func field(at path: [UInt8]) throws(EventPatternError) {
        var values: [ValuePattern] = []
        while true {
            let token = try reader.token()
            if token == .endArray { break }
            values.append(try value(token))
        }
        guard !values.isEmpty else { throw reader.failure("Empty arrays are not allowed") }
        if alternatives.isEmpty { alternatives = [[:]] }
        for index in alternatives.indices { alternatives[index][path] = values }
    }

    private mutating func value(_ token: PatternToken) throws(EventPatternError) -> ValuePattern {
        switch token {
        case .string: return .string(try reader.string())
        case .number: return .number(reader.numberText, EventNumber(reader.numberText))
        case .true, .false, .null: return .literal(token)
        case .startObject: return try expression()
        case .startArray, .endObject, .endArray, .field, .end:
            throw reader.failure("Match value must be String, number, true, false, or null")
        }
    }
}
