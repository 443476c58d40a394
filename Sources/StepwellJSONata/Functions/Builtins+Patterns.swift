import StepwellJSON

extension Builtins {
    /// Functions that look for a string or a pattern.
    static let patterns: [Builtin] = [
        Builtin("contains", "<s-(sf):b>", 2) { (arguments, machine, _) throws(Fault) in
            guard let text = arguments.string(0) else {
                return .undefined
            }
            if let part = arguments.string(1) {
                return .bool(ByteSearch.first(part, in: text) != nil)
            }
            guard let matcher = arguments.function(1) else {
                return .undefined
            }
            var matching = Matching(matcher, text)
            return .bool(try matching.next(machine) != nil)
        },
        Builtin("match", "<s-f<s:o>n?:a<o>>", 3) { (arguments, machine, _) throws(Fault) in
            guard let text = arguments.string(0), let matcher = arguments.function(1) else {
                return .undefined
            }
            let limit = try PatternFunctions.limit(arguments, at: 2, code: "D3040")
            return try PatternFunctions.match(text, matcher, limit, machine)
        },
        Builtin("replace", "<s-(sf)(sf)n?:s>", 4) { (arguments, machine, _) throws(Fault) in
            guard let text = arguments.string(0) else {
                return .undefined
            }
            if let pattern = arguments.string(1), pattern.isEmpty {
                throw Fault("D3010", value: .string(""), detail: "2")
            }
            let limit = try PatternFunctions.limit(arguments, at: 3, code: "D3011")
            return .string(
                try Replacement.replace(text, arguments.at(1), arguments.at(2), limit, machine)
            )
        },
        Builtin("split", "<s-(sf)n?:a<s>>", 3) { (arguments, machine, _) throws(Fault) in
            guard let text = arguments.string(0) else {
                return .undefined
            }
            let limit = try PatternFunctions.limit(arguments, at: 2, code: "D3020")
            return try PatternFunctions.split(text, arguments.at(1), limit, machine)
        },
    ]
}

/// What the functions of patterns do.
enum PatternFunctions {
    /// The greatest number of results.
    static func limit(
        _ arguments: [Value],
        at place: Int,
        code: String
    ) throws(Fault) -> Double {
        guard let limit = arguments.number(place) else {
            return .infinity
        }
        guard limit >= 0 else {
            throw Fault(code, value: arguments[place].json(), detail: String(place + 1))
        }
        return limit
    }

    static func match(
        _ text: String,
        _ matcher: FunctionNode,
        _ limit: Double,
        _ machine: Machine
    ) throws(Fault) -> Value {
        var found: ContiguousArray<Value> = []
        var matching = Matching(matcher, text)
        while Double(found.count) < limit, let match = try matching.next(machine) {
            try machine.count()
            let object = ObjectNode()
            object.set("match", .string(match.text))
            object.set("index", .number(Double(match.start)))
            let groups = match.groups.map { $0.map { Value.string($0) } ?? .undefined }
            object.set("groups", .array(ArrayNode(ContiguousArray(groups))))
            found.append(.object(object))
        }
        return .sequence(found)
    }

    static func split(
        _ text: String,
        _ separator: Value,
        _ limit: Double,
        _ machine: Machine
    ) throws(Fault) -> Value {
        var parts: ContiguousArray<Value> = []
        if case .string(let mark) = separator {
            try split(text, by: mark, limit.rounded(.down), into: &parts, machine)
            return .array(ArrayNode(parts))
        }
        guard case .function(let matcher) = separator, limit > 0 else {
            return .array(ArrayNode(parts))
        }
        var matching = Matching(matcher, text)
        var start = 0
        while Double(parts.count) < limit, let match = try matching.next(machine) {
            let end = max(start, match.start)
            parts.append(.string(UTF16Text.string(matching.units[start..<end])))
            start = max(end, match.end)
        }
        if Double(parts.count) < limit {
            parts.append(.string(UTF16Text.string(matching.units[start...])))
        }
        return .array(ArrayNode(parts))
    }

    private static func split(
        _ text: String,
        by mark: String,
        _ limit: Double,
        into parts: inout ContiguousArray<Value>,
        _ machine: Machine
    ) throws(Fault) {
        if mark.isEmpty {
            for unit in UTF16Text.units(text) where Double(parts.count) < limit {
                try machine.count()
                parts.append(.string(UTF16Text.string([unit])))
            }
            return
        }
        var start = 0
        let length = mark.utf8.count
        while Double(parts.count) < limit, let place = ByteSearch.first(mark, in: text, from: start)
        {
            try machine.count()
            parts.append(.string(ByteSearch.slice(text, start, place)))
            start = place + length
        }
        if Double(parts.count) < limit {
            parts.append(.string(ByteSearch.slice(text, start, text.utf8.count)))
        }
    }
}
