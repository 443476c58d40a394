import StepwellHistory
import StepwellJSON
import StepwellJSONPath
import StepwellLanguage

extension ExecutionState {
    /// Parallel: `ParallelStateStarted`; the branches enter their first states with the effective
    /// input.
    mutating func startParallel(
        _ fields: ParallelFields,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        // Evaluated once for all branches, and before the state has started.
        if branches[id].items == nil, let given = try arguments(of: id, into: &builder) {
            try checkSize(ofInput: given, in: id)
            let list = Payload(.array([try value(of: given, in: id)]))
            let resolved = EngineRecord.itemsResolved(items: stored(list), maxConcurrency: 0)
            return emit(.engine(resolved), on: id, into: &builder)
        }
        emit(event: .parallelStateStarted, on: id, into: &builder)
    }

    /// `Arguments` of a JSONata state.
    mutating func arguments(
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Payload? {
        guard let template = definition[branches[id].state].expressionFlow.arguments else {
            return nil
        }
        let scope = try expressionScope(of: id)
        let value = try evaluate(template, field: "Arguments", in: scope, on: id, into: &builder)
        return try payload(value, in: id)
    }

    /// Map: resolves the items, then `MapStateStarted`.
    mutating func startMap(
        _ fields: MapFields,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        if let items = branches[id].items {
            let length = items.values.count
            return emit(event: .mapStateStarted(length: length), on: id, into: &builder)
        }
        let concurrency = try maxConcurrency(fields.maxConcurrency, of: id, into: &builder)
        let isJSONata = definition[branches[id].state].queryLanguage == .jsonata
        let items: Payload
        if let given = inspection?.givenItems {
            items = given
        } else if isJSONata {
            items = try self.items(fields.items, in: fields.mode, on: id, into: &builder)
        } else {
            items = try self.items(of: fields, on: id)
        }
        inspection?.maxConcurrency = concurrency
        let capped = Self.limit(concurrency, in: fields.mode)
        emit(
            .engine(.itemsResolved(items: stored(items), maxConcurrency: capped)),
            on: id,
            into: &builder
        )
    }

    /// No limit is one of 40 for an inline Map (quotas, developer guide), and stays 0 for a
    /// distributed one.
    private static func limit(_ concurrency: Int64, in mode: MapFields.Mode) -> Int {
        let limit = mode == .inline ? InlineMap.maxConcurrency : Int(Int32.max)
        if concurrency == 0 { return mode == .inline ? limit : 0 }
        return Int(min(concurrency, Int64(limit)))
    }

    /// Whether a Map can take these items: an array, a distributed one an object as well.
    private static func iterates(over items: JSONValue, in mode: MapFields.Mode) -> Bool {
        switch items {
        case .array: true
        case .object: mode == .distributed
        case .null, .bool, .number, .string: false
        }
    }

    /// ItemsPath, by default the effective input itself; it has to be an array.
    private mutating func items(
        of fields: MapFields,
        on id: BranchID
    ) throws(StateFailure) -> Payload {
        let input = try effectiveInput(of: id)
        inspect(.afterInputPath, input)
        let items = try apply(fields.itemsPath.map(PathField.path) ?? .identity, to: input, in: id)
        let found = try value(of: items, in: id)
        guard Self.iterates(over: found, in: fields.mode) else {
            if inspection != nil, let path = fields.itemsPath { throw Self.notAnArray(path) }
            throw runtimeFailure(Causes.mapInputNotArray(JSONWriter.string(found)), in: id)
        }
        inspect(.afterItemsPath, items)
        return items
    }

    /// How TestState words it.
    private static func notAnArray(_ path: JSONPath) -> StateFailure {
        // AWS leaves out that the path leads into the context object.
        let text = path.text.hasPrefix("$$") ? String(path.text.dropFirst()) : path.text
        let cause = "Reference path \"\(text)\" must point to array."
        return StateFailure(Failure(error: ErrorName.runtime, cause: cause), kind: .fatal)
    }

    /// Items, by default the input itself; it has to be an array.
    private mutating func items(
        _ template: ExpressionTemplate?,
        in mode: MapFields.Mode,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Payload {
        guard let template else {
            let input = try rawInput(of: id)
            guard Self.iterates(over: input, in: mode) else {
                let problem = Causes.mapInputNotArray(JSONWriter.string(input))
                throw evaluationFailure(problem, field: nil, in: id)
            }
            return branches[id].input
        }
        let scope = try expressionScope(of: id)
        let found = try evaluate(template, field: "Items", in: scope, on: id, into: &builder)
        guard Self.iterates(over: found, in: mode) else {
            guard case .expression(let expression) = template else {
                let problem = Causes.mapInputNotArray(JSONWriter.string(found))
                throw evaluationFailure(problem, field: "Items", in: id)
            }
            throw unexpected(found, expected: "array", of: expression, field: "Items", in: id)
        }
        return try payload(found, in: id)
    }

    /// 0 means no limit.
    private mutating func maxConcurrency(
        _ field: CountField,
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Int64 {
        let requested: Int64
        switch field {
        case .literal(let number): requested = number
        case .expression(let expression):
            requested = try integer(
                expression,
                field: "MaxConcurrency",
                in: 0...Int64(Int32.max),
                on: id,
                into: &builder
            )
        case .path(let path):
            let input = try effectiveInput(of: id)
            let scope = evaluation(of: id, input: try value(of: input, in: id))
            let found = try evaluate(path, in: scope, branch: id)
            guard case .number(let number) = found, let integer = number.integer else {
                let shown =
                    if case .string(let text) = found { text } else {
                        JSONWriter.string(found)
                    }
                throw runtimeFailure(
                    Causes.notAnInteger(field: "MaxConcurrencyPath", value: shown, path: path.text),
                    in: id
                )
            }
            requested = integer
        }
        guard requested >= 0 else {
            throw runtimeFailure(Causes.negative(field: "MaxConcurrency"), in: id)
        }
        return requested
    }

    /// The next child of a Map state: an iteration, or an execution of its own.
    mutating func startNextChild(
        _ id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        if isDistributedMap(id), case .map(let fields) = definition[branches[id].state].kind {
            try continueMapRun(fields, on: id, into: &builder)
        } else {
            startNextIteration(id, into: &builder)
        }
    }

    /// `MapIterationStarted` for the next item.
    private mutating func startNextIteration(_ id: BranchID, into builder: inout TransitionBuilder)
    {
        guard let children = branches[id].children, children.mayStartIteration else {
            return ready.removeFirst()
        }
        let name = definition[branches[id].state].name
        let details = MapIterationDetails(name: name, index: children.nextIndex)
        emit(
            event: .mapIteration(.started, details),
            on: id,
            below: children.startCursor,
            into: &builder
        )
    }

    /// The input of the state that a branch is about to enter.
    ///
    /// A branch that has just started has what its Parallel or Map state gives it.
    mutating func entryInput(
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Payload {
        guard let parent = branches[id].parent, branches[id].isFresh else {
            return branches[id].input
        }
        let state = definition[branches[parent].state]
        let input = try effectiveInput(of: parent)
        switch branches[id].role {
        case .root:
            return branches[id].input
        case .parallel:
            if let given = branches[parent].children?.items?.values.first { return Payload(given) }
            guard let parameters = state.parameters else { return input }
            let value = try evaluate(parameters, input: input, on: parent, into: &builder)
            let given = try payload(value, in: parent)
            try checkSize(ofInput: given, in: parent)
            return given
        case .iteration(let index):
            guard case .map(let fields) = state.kind,
                let values = branches[parent].children?.items?.values, index < values.count
            else { return input }
            let item = ContextSource.MapItem(index: index, value: values[index])
            return try iterationInput(of: fields, item: item, under: parent, into: &builder)
        }
    }

    /// What an iteration of a Map state begins with: its item through ItemSelector.
    mutating func iterationInput(
        of fields: MapFields,
        item: ContextSource.MapItem,
        under parent: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Payload {
        let given: JSONValue
        if let template = fields.itemSelectorTemplate {
            let scope = try expressionScope(of: parent, item: item)
            given = try evaluate(
                template,
                field: "ItemSelector",
                in: scope,
                on: parent,
                into: &builder
            )
        } else if let selector = fields.itemSelector {
            // `$` is the Map's effective input; the item is in the context object.
            let input = try effectiveInput(of: parent)
            given = try evaluate(selector, input: input, item: item, on: parent, into: &builder)
        } else if let key = item.key {
            // The pair (developer guide, "ItemsPath").
            return Payload(.object(JSONObject([("Key", .string(key)), ("Value", item.value)])))
        } else {
            return Payload(item.value)
        }
        let payload = try payload(given, in: parent)
        try checkSize(ofInput: payload, in: parent)
        return payload
    }

    /// `MapRunSucceeded`, `ParallelStateSucceeded` or `MapStateSucceeded`.
    mutating func collectChildren(_ id: BranchID, into builder: inout TransitionBuilder) {
        if openMapRun(of: id) != nil {
            return emit(event: .mapRun(.succeeded), on: id, into: &builder)
        }
        let isMap =
            if case .map = definition[branches[id].state].kind { true } else {
                false
            }
        emit(event: isMap ? .mapStateSucceeded : .parallelStateSucceeded, on: id, into: &builder)
    }

    /// The outputs of the children as one array; the texts are joined, not parsed.
    func childResults(of id: BranchID) -> Payload {
        let results =
            branches[id].mapRun.map(mapRunResults) ?? branches[id].children?.results ?? []
        var text: [UInt8] = []
        text.reserveCapacity(results.reduce(2) { $0 + ($1?.text.count ?? 4) + 1 })
        text.append(UInt8(ascii: "["))
        for (index, result) in results.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            text.append(contentsOf: result?.text ?? Array("null".utf8))
        }
        text.append(UInt8(ascii: "]"))
        return Payload(text: text)
    }
}

/// Quotas of inline Map states.
enum InlineMap {
    /// Concurrent iterations (developer guide, "Map state processing modes").
    static let maxConcurrency = 40
}
