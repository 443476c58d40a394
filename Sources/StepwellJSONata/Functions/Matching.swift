/// One match, of a regular expression or of a function that takes its place.
struct PatternMatch {
    let start: Int
    let end: Int
    let text: String
    /// The groups; nil for one that took no part.
    let groups: [String?]
    /// What a function that replaces sees.
    let object: Value
}

/// Goes through the matches of a text, one after the other.
struct Matching {
    private enum Source {
        case pattern(RegularExpression, Int)
        case function(FunctionNode, [Value])
        case end
    }

    let units: [UInt16]
    private var source: Source

    init(_ matcher: FunctionNode, _ text: String) {
        units = UTF16Text.units(text)
        if case .pattern(let pattern) = matcher.kind {
            source = .pattern(pattern, 0)
        } else {
            source = .function(matcher, [.string(text)])
        }
    }

    /// The next match, or nil.
    mutating func next(_ machine: Machine) throws(Fault) -> PatternMatch? {
        switch source {
        case .end: return nil
        case .pattern(let pattern, let start):
            let found = try Self.find(pattern, units, from: start, machine)
            let end = found?.end ?? 0
            source = found == nil || end >= units.count ? .end : .pattern(pattern, end)
            return found
        case .function(let function, let arguments):
            let value = try machine.apply(function, arguments, .undefined)
            guard value.isDefined else {
                return nil
            }
            return try custom(value)
        }
    }

    private mutating func custom(_ value: Value) throws(Fault) -> PatternMatch {
        guard case .object(let node) = value, let start = node.value("start").number,
            let end = node.value("end").number, case .string(let text) = node.value("match")
        else {
            throw Fault("T1010")
        }
        source = .end
        if case .function(let next) = node.value("next") {
            source = .function(next, [])
        }
        let limit = Double(units.count)
        let first = Int(max(0, min(start.rounded(.down), limit)))
        let last = Int(max(Double(first), min(end.rounded(.down), limit)))
        let groups = node.value("groups")
        let texts = groups.isDefined ? groups.items.map(Self.string) : []
        return PatternMatch(start: first, end: last, text: text, groups: texts, object: value)
    }

    private static func string(_ value: Value) -> String? {
        if case .string(let text) = value {
            return text
        }
        return nil
    }

    private static func find(
        _ pattern: RegularExpression,
        _ units: [UInt16],
        from start: Int,
        _ machine: Machine
    ) throws(Fault) -> PatternMatch? {
        let match: RegularExpression.Match?
        do throws(JSONataPatternError) {
            match = try pattern.firstMatch(in: units, from: start, steps: &machine.patternSteps)
        } catch {
            throw Fault(error)
        }
        guard let match else {
            return nil
        }
        guard !match.range.isEmpty else {
            throw Fault("D1004")
        }
        let text = UTF16Text.string(units[match.range])
        try machine.count(bytes: text.utf8.count)
        let groups = match.groups.map { $0.map { UTF16Text.string(units[$0]) } }
        let object = ObjectNode()
        object.set("match", .string(text))
        object.set("start", .number(Double(match.range.lowerBound)))
        object.set("end", .number(Double(match.range.upperBound)))
        let values = groups.map { $0.map { Value.string($0) } ?? .undefined }
        object.set("groups", .array(ArrayNode(ContiguousArray(values))))
        let next = FunctionNode.Kind.nextMatch(pattern, units, match.range.upperBound)
        object.set("next", .function(FunctionNode(next)))
        return PatternMatch(
            start: match.range.lowerBound,
            end: match.range.upperBound,
            text: text,
            groups: groups,
            object: .object(object)
        )
    }

    /// A regular expression called as a function: the first match as an object.
    static func apply(
        _ pattern: RegularExpression,
        _ arguments: [Value],
        _ machine: Machine
    ) throws(Fault) -> Value {
        guard let text = arguments.string(0) else {
            guard arguments.at(0).isDefined else {
                return .undefined
            }
            throw Fault("T0410", value: arguments.at(0).json(), detail: "1")
        }
        let found = try find(pattern, UTF16Text.units(text), from: 0, machine)
        return found?.object ?? .undefined
    }

    /// The match behind another.
    static func next(
        _ pattern: RegularExpression,
        _ units: [UInt16],
        from start: Int,
        _ machine: Machine
    ) throws(Fault) -> Value {
        guard start < units.count else {
            return .undefined
        }
        return try find(pattern, units, from: start, machine)?.object ?? .undefined
    }
}

extension Fault {
    /// A regular expression that is refused, or that would take too long.
    convenience init(_ error: JSONataPatternError, position: Int? = nil, token: String? = nil) {
        switch error {
        case .syntax(let message, _):
            self.init("S0303", position: position, token: token, detail: message)
        case .tooComplex, .stepsExceeded:
            self.init("U1001", position: position, token: token, detail: "pattern")
        }
    }
}
