import StepwellHistory
import StepwellJSON
import StepwellJSONPath
import StepwellLanguage

extension ExecutionState {
    /// Parallel: `ParallelStateStarted`; the branches enter their first states with the effective
    /// input.
    func startParallel(
        _ fields: ParallelFields,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        // Evaluated once for all branches, and before the state has started.
        if branches[id].items == nil, let given = try branchInput(of: id, into: &builder) {
            let isWhole = semantics >= Semantics.branchInputOnce
            let value = isWhole ? given : try listed(given, in: id, into: &builder)
            let resolved = EngineRecord.itemsResolved(
                items: stored(value, into: builder),
                maxConcurrency: isWhole ? ParallelInput.whole : ParallelInput.listed
            )
            return emit(.engine(resolved), on: id, into: &builder)
        }
        // Each has an event to come. An execution of a few hundred events could have millions.
        if semantics >= Semantics.branchesWithinHistory, let limits = start?.limits,
            Int64(branches.count + fields.branches.count) > limits.historyEvents
                - lastEventID(after: builder)
        {
            let cause = Causes.tooManyEvents(limits.historyEvents)
            return fail(Failure(error: ErrorName.runtime, cause: cause), into: &builder)
        }
        emit(event: .parallelStateStarted, on: id, into: &builder)
    }

    /// What the branches of a Parallel state begin with; nil for the state's own input.
    private func branchInput(
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Payload? {
        let state = definition[branches[id].state]
        if let given = try arguments(of: id, into: &builder) {
            try checkSize(ofInput: given, in: id)
            return given
        }
        guard semantics >= Semantics.branchInputOnce, state.queryLanguage == .jsonPath else {
            return nil
        }
        if let parameters = state.parameters {
            let input = try effectiveInput(of: id, into: &builder)
            let value = try evaluate(parameters, input: input, on: id, into: &builder)
            let given = try payload(value, in: id, into: &builder)
            try checkSize(ofInput: given, in: id)
            return given
        }
        guard case .path = state.inputPath else { return nil }
        return try effectiveInput(of: id, into: &builder)
    }

    private func listed(
        _ given: Payload,
        in id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Payload {
        Payload(.array([try value(of: given, in: id, into: &builder)]))
    }

    /// `Arguments` of a JSONata state.
    func arguments(
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Payload? {
        guard let template = definition[branches[id].state].expressionFlow.arguments else {
            return nil
        }
        let scope = try expressionScope(of: id, into: &builder)
        let value = try evaluate(template, field: "Arguments", in: scope, on: id, into: &builder)
        return try payload(value, in: id, into: &builder)
    }

    /// Map: resolves the items, then `MapStateStarted`.
    func startMap(
        _ fields: MapFields,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        if let items = branches[id].items {
            let length = items.count
            return emit(event: .mapStateStarted(length: length), on: id, into: &builder)
        }
        let concurrency = try maxConcurrency(fields.maxConcurrency, of: id, into: &builder)
        let isJSONata = definition[branches[id].state].queryLanguage == .jsonata
        let items: Payload
        if let given = trial?.givenItems {
            items = given
        } else if fields.reader != nil {
            // They are read when the state and its run have started; ItemsPath has no effect
            // (both recorded).
            items = Payload(.array([]))
        } else if isJSONata {
            items = try self.items(fields.items, in: fields.mode, on: id, into: &builder)
        } else {
            items = try self.items(of: fields, on: id, into: &builder)
        }
        builder.inspection?.maxConcurrency = concurrency
        let capped = Self.limit(concurrency, in: fields.mode)
        emit(
            .engine(.itemsResolved(items: stored(items, into: builder), maxConcurrency: capped)),
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
    private func items(
        of fields: MapFields,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Payload {
        let input = try effectiveInput(of: id, into: &builder)
        inspect(.afterInputPath, input, of: id, into: &builder)
        let items = try items(at: fields.itemsPath, in: input, of: id, into: &builder)
        let found = try value(of: items, in: id, into: &builder)
        guard Self.iterates(over: found, in: fields.mode) else {
            if trial != nil, let path = fields.itemsPath { throw Self.notAnArray(path) }
            throw runtimeFailure(Causes.mapInputNotArray(JSONWriter.string(found)), in: id)
        }
        inspect(.afterItemsPath, items, of: id, into: &builder)
        return items
    }

    /// What ItemsPath leads to; where it leads nowhere, it is a reference path that cannot be
    /// applied.
    private func items(
        at path: JSONPath?,
        in input: Payload,
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Payload {
        guard let path, !(path.isRoot && path.root == .input) else { return input }
        if dialect == .current {
            let value = try value(of: input, in: id, into: &builder)
            // Of a null input the path says so itself.
            if value != .null || path.root != .input,
                let conflict = path.conflict(in: evaluation(of: id, input: value))
            {
                throw failure(ErrorName.referencePathConflict, conflict, in: id)
            }
        }
        return try apply(.path(path), to: input, in: id, into: &builder)
    }

    /// How TestState words it.
    private static func notAnArray(_ path: JSONPath) -> StateFailure {
        // AWS leaves out that the path leads into the context object.
        let text = path.text.hasPrefix("$$") ? String(path.text.dropFirst()) : path.text
        let cause = "Reference path \"\(text)\" must point to array."
        return StateFailure(Failure(error: ErrorName.runtime, cause: cause), kind: .fatal)
    }

    /// Items, by default the input itself; it has to be an array.
    private func items(
        _ template: ExpressionTemplate?,
        in mode: MapFields.Mode,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Payload {
        guard let template else {
            let input = try rawInput(of: id, into: &builder)
            guard Self.iterates(over: input, in: mode) else {
                let problem = Causes.mapInputNotArray(JSONWriter.string(input))
                throw evaluationFailure(problem, field: nil, in: id)
            }
            return branches[id].input
        }
        let scope = try expressionScope(of: id, into: &builder)
        let found = try evaluate(template, field: "Items", in: scope, on: id, into: &builder)
        guard Self.iterates(over: found, in: mode) else {
            guard case .expression(let expression) = template else {
                let problem = Causes.mapInputNotArray(JSONWriter.string(found))
                throw evaluationFailure(problem, field: "Items", in: id)
            }
            throw unexpected(found, expected: "array", of: expression, field: "Items", in: id)
        }
        return try payload(found, in: id, into: &builder)
    }

    /// 0 means no limit.
    private func maxConcurrency(
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
        case .path(let path) where dialect == .current:
            requested = try whole(at: path, of: "MaxConcurrencyPath", in: id, into: &builder)
        case .path(let path):
            let input = try effectiveInput(of: id, into: &builder)
            let scope = evaluation(of: id, input: try value(of: input, in: id, into: &builder))
            let found = try evaluate(path, in: scope, branch: id, into: &builder)
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
    func startNextChild(
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
    private func startNextIteration(_ id: BranchID, into builder: inout TransitionBuilder) {
        guard branches[id].children?.mayStartIteration == true,
            let index = branches[id].children?.nextIndex,
            let cursor = branches[id].children?.startCursor
        else { return stall(id, into: &builder) }
        let name = definition[branches[id].state].name
        let details = MapIterationDetails(name: name, index: index)
        emit(
            event: .mapIteration(.started, details),
            on: id,
            below: cursor,
            into: &builder
        )
    }

    /// The input of the state that a branch is about to enter.
    ///
    /// A branch that has just started has what its Parallel or Map state gives it.
    func entryInput(
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Payload {
        guard let parent = branches[id].parent, branches[id].isFresh else {
            return branches[id].input
        }
        let state = definition[branches[parent].state]
        let items = branches[parent].children?.items
        switch branches[id].role {
        case .root:
            return branches[id].input
        case .parallel:
            if let items {
                guard items.maxConcurrency != ParallelInput.whole else { return items.payload }
                if let given = items.item(at: 0) { return Payload(given.value) }
            }
            let input = try effectiveInput(of: parent, into: &builder)
            guard let parameters = state.parameters else { return input }
            let value = try evaluate(parameters, input: input, on: parent, into: &builder)
            let given = try payload(value, in: parent, into: &builder)
            try checkSize(ofInput: given, in: parent)
            return given
        case .iteration(let index):
            guard case .map(let fields) = state.kind, let item = items?.item(at: index) else {
                return try effectiveInput(of: parent, into: &builder)
            }
            return try iterationInput(of: fields, item: item, under: parent, into: &builder)
        }
    }

    /// What an iteration of a Map state begins with: its item through ItemSelector.
    func iterationInput(
        of fields: MapFields,
        item: ContextSource.MapItem,
        under parent: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Payload {
        let given: JSONValue
        if let template = fields.itemSelectorTemplate {
            let scope = try expressionScope(of: parent, item: item, into: &builder)
            given = try evaluate(
                template,
                field: "ItemSelector",
                in: scope,
                on: parent,
                into: &builder
            )
        } else if let selector = fields.itemSelector {
            // `$` is the Map's effective input; the item is in the context object.
            let input = try effectiveValue(of: parent, into: &builder)
            let isWhole = definition[branches[parent].state].inputPath == .identity
            let whole = isWhole ? branches[parent].input : nil
            given = try evaluate(
                selector,
                value: input,
                text: whole?.string ?? JSONWriter.string(input),
                item: item,
                on: parent,
                into: &builder
            )
        } else if let key = item.key {
            // The pair (developer guide, "ItemsPath").
            return Payload(.object(JSONObject([("Key", .string(key)), ("Value", item.value)])))
        } else {
            return Payload(item.value)
        }
        let payload = try payload(given, in: parent, into: &builder)
        try checkSize(ofInput: payload, in: parent)
        return payload
    }

    /// `MapRunSucceeded`, `ParallelStateSucceeded` or `MapStateSucceeded`.
    func collectChildren(_ id: BranchID, into builder: inout TransitionBuilder) {
        if let place = openMapRun(of: id) {
            if mapRuns[place].wantsResultsWritten {
                return emit(.engine(.resultsDue), on: id, into: &builder)
            }
            return emit(event: .mapRun(.succeeded), on: id, into: &builder)
        }
        let isMap =
            if case .map = definition[branches[id].state].kind { true } else {
                false
            }
        emit(event: isMap ? .mapStateSucceeded : .parallelStateSucceeded, on: id, into: &builder)
    }
}

/// Quotas of inline Map states.
enum InlineMap {
    /// Concurrent iterations (developer guide, "Map state processing modes").
    static let maxConcurrency = 40
}
