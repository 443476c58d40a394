import StepwellJSON

/// Walks a path that is more than names and indices over a value.
struct PathEvaluator {
    let segments: [PathSegment]
    /// What `$` means inside filters and arguments.
    let document: JSONValue
    let dialect: PathDialect
    var budget: EvaluationBudget
    var matches: [JSONValue] = []

    /// The value of another path, paid from the same budget.
    mutating func evaluate(
        _ segments: [PathSegment],
        on start: JSONValue,
        depth: Int
    ) throws(JSONPathError) -> JSONValue {
        var evaluator = PathEvaluator(
            segments: segments,
            document: document,
            dialect: dialect,
            budget: budget
        )
        defer { budget = evaluator.budget }
        return try evaluator.run(on: start, depth: depth)
    }

    /// The value of a definite path or the array of matches of an indefinite one.
    ///
    /// An indefinite path gives an empty array even where its first, definite part leads nowhere,
    /// as AWS was recorded to do for `$.items[*]` and the input `{}`.
    mutating func run(
        on start: JSONValue,
        depth: Int
    ) throws(JSONPathError) -> JSONValue {
        if segments.foldsDescendants, case .function(let call)? = segments.last {
            let inner = Array(segments.dropLast())
            let found = try evaluate(inner, on: start, depth: depth)
            return try apply(call, to: found, depth: depth)
        }
        if segments.isDefinite {
            return try evaluateDefinite(from: start, depth: depth)
        }
        try walk(0, start, depth)
        return .array(matches)
    }

    private mutating func evaluateDefinite(
        from start: JSONValue,
        depth: Int
    ) throws(JSONPathError) -> JSONValue {
        var current = start
        for (position, segment) in segments.enumerated() {
            try spend(current.lookupSteps)
            if case .function(let call) = segment {
                current = try apply(call, to: current, depth: depth)
            } else if case .children(let names) = segment, case .object(let object) = current {
                current = .object(try merged(names, of: object))
            } else if let next = segment.single(in: current) {
                current = next
            } else {
                let failures = PathFailures(segments: segments)
                throw failures.unreachable(at: position, from: current)
            }
        }
        return current
    }

    /// The members of several names as one object; absent ones are left out.
    private mutating func merged(
        _ names: [String],
        of object: JSONObject
    ) throws(JSONPathError) -> JSONObject {
        try spend(names.count * (1 + (names.count + object.count) / 32))
        var merged = JSONObject()
        for name in names {
            if let value = object[name] {
                merged[name] = value
            }
        }
        return merged
    }

    /// Applies the segments from `position` on to `value` and collects what they lead to.
    private mutating func walk(
        _ position: Int,
        _ value: JSONValue,
        _ depth: Int
    ) throws(JSONPathError) {
        try spend(value.lookupSteps)
        guard depth <= PathLimits.depth else { throw .tooDeep }
        guard position < segments.count else {
            matches.append(value)
            return
        }
        let segment = segments[position]
        switch (segment, value) {
        case (.child, _), (.index, _):
            guard let next = segment.single(in: value) else { return }
            try walk(position + 1, next, depth + 1)
        case (.children(let names), .object(let object)):
            try walkChildren(names, of: object, position, depth)
        case (.wildcard, .object(let object)):
            for member in object {
                try walk(position + 1, member.value, depth + 1)
            }
        case (.wildcard, .array(let items)):
            for item in items {
                try walk(position + 1, item, depth + 1)
            }
        case (.indices(let indices), .array(let items)):
            try walkItems(indices, of: items, position, depth)
        case (.slice(let from, let to), .array(let items)):
            let slice = PathSlice(from: from, to: to)
            try walkItems(slice.indices(count: items.count), of: items, position, depth)
        case (.filter(let condition), _):
            try walkFilter(condition, value, position, depth)
        case (.descendants, _):
            try scan(position + 1, value, depth)
        case (.function(let call), _):
            try walk(position + 1, try apply(call, to: value, depth: depth), depth + 1)
        default:
            return
        }
    }

    private mutating func walkChildren(
        _ names: [String],
        of object: JSONObject,
        _ position: Int,
        _ depth: Int
    ) throws(JSONPathError) {
        guard position < segments.count - 1 else {
            matches.append(.object(try merged(names, of: object)))
            return
        }
        try spend(names.count * (1 + object.count / 32))
        for name in names {
            if let value = object[name] {
                try walk(position + 1, value, depth + 1)
            }
        }
    }

    private mutating func walkItems(
        _ indices: some Sequence<Int>,
        of items: [JSONValue],
        _ position: Int,
        _ depth: Int
    ) throws(JSONPathError) {
        for index in indices {
            try spend()
            let effective = index < 0 ? items.count + index : index
            if items.indices.contains(effective) {
                try walk(position + 1, items[effective], depth + 1)
            }
        }
    }

    private mutating func walkFilter(
        _ condition: FilterExpression,
        _ value: JSONValue,
        _ position: Int,
        _ depth: Int
    ) throws(JSONPathError) {
        switch value {
        case .object:
            if try accepts(condition, value, depth + 1) {
                try walk(position + 1, value, depth + 1)
            }
        case .array(let items):
            for item in items where try accepts(condition, item, depth + 1) {
                try walk(position + 1, item, depth + 1)
            }
        default:
            return
        }
    }

    /// Tries the segment at `position` on `value` and then on everything below it.
    private mutating func scan(
        _ position: Int,
        _ value: JSONValue,
        _ depth: Int
    ) throws(JSONPathError) {
        guard depth <= PathLimits.depth else { throw .tooDeep }
        switch value {
        case .array(let items):
            try scanHere(position, value, depth)
            for item in items {
                try scan(position, item, depth + 1)
            }
        case .object(let object):
            try scanHere(position, value, depth)
            for member in object {
                try scan(position, member.value, depth + 1)
            }
        default:
            return
        }
    }

    /// A filter below `..` tests each value by itself before it is applied, so that a member of
    /// an array is found once, when the scan reaches it.
    private mutating func scanHere(
        _ position: Int,
        _ value: JSONValue,
        _ depth: Int
    ) throws(JSONPathError) {
        if case .filter(let condition) = segments[position] {
            guard try accepts(condition, value, depth + 1) else { return }
        }
        try walk(position, value, depth + 1)
    }

    mutating func spend(_ count: Int = 1) throws(JSONPathError) {
        guard budget.spend(count) else { throw .budgetExhausted }
    }
}
