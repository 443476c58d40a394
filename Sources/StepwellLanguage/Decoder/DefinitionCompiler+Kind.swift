import StepwellJSON

extension DefinitionCompiler {
    /// The fields that only the state's type has.
    mutating func kind(
        of type: StateTypeName,
        _ object: JSONObject,
        index: StateIndex,
        at path: DefinitionPath
    ) throws(Failure) -> StateKind {
        switch type {
        case .pass: .pass(PassFields(result: object["Result"]))
        case .task: .task(try task(object, at: path))
        case .choice: .choice(try choice(object, at: path))
        case .wait: .wait(try wait(object, at: path))
        case .succeed: .succeed
        case .fail:
            .fail(
                FailFields(
                    error: try string(object, "Error", at: path),
                    cause: try string(object, "Cause", at: path)
                )
            )
        case .parallel: .parallel(try parallel(object, index: index, at: path))
        case .map: .map(try map(object, index: index, at: path))
        }
    }

    private func task(
        _ object: JSONObject,
        at path: DefinitionPath
    ) throws(Failure) -> TaskFields {
        guard let resource = object["Resource"]?.string else {
            throw Failure(path: path.member("Resource"))
        }
        return TaskFields(
            resource: resource,
            timeout: try seconds(object, "TimeoutSeconds", at: path),
            heartbeat: try seconds(object, "HeartbeatSeconds", at: path),
            credentials: language == .jsonPath
                ? try template(object["Credentials"], at: path.member("Credentials")) : nil,
            credentialsTemplate: expressionTemplate(object["Credentials"])
        )
    }

    private func wait(_ object: JSONObject, at path: DefinitionPath) throws(Failure) -> WaitField {
        if let seconds = object["Seconds"]?.integer { return .seconds(seconds) }
        if let expression = jsonata(object["Seconds"]) { return .secondsExpression(expression) }
        if let expression = jsonata(object["Timestamp"]) {
            return .timestampExpression(expression)
        }
        if let timestamp = object["Timestamp"]?.string.flatMap(StatesTimestamp.init(parsing:)) {
            return .timestamp(timestamp)
        }
        if let value = object["SecondsPath"] {
            return .secondsPath(try jsonPath(value, at: path.member("SecondsPath")))
        }
        if let value = object["TimestampPath"] {
            return .timestampPath(try jsonPath(value, at: path.member("TimestampPath")))
        }
        throw Failure(path: path)
    }

    private mutating func parallel(
        _ object: JSONObject,
        index: StateIndex,
        at path: DefinitionPath
    ) throws(Failure) -> ParallelFields {
        let place = path.member("Branches")
        var scopes: [ScopeIndex] = []
        for (branch, value) in (object["Branches"]?.array ?? []).enumerated() {
            guard let inner = value.object else { throw Failure(path: place.item(branch)) }
            scopes.append(
                try compileScope(inner, owner: index, branch: branch, at: place.item(branch))
            )
        }
        return ParallelFields(branches: scopes)
    }

    private mutating func map(
        _ object: JSONObject,
        index: StateIndex,
        at path: DefinitionPath
    ) throws(Failure) -> MapFields {
        let usesIterator = object["Iterator"] != nil
        let field = usesIterator ? "Iterator" : "ItemProcessor"
        guard let processor = object[field]?.object else {
            throw Failure(path: path.member(field))
        }
        let scope = try compileScope(processor, owner: index, branch: 0, at: path.member(field))
        var fields = MapFields(processor: scope)
        fields.usesIterator = usesIterator
        let config = processor["ProcessorConfig"]?.object
        fields.mode = config?["Mode"]?.string.flatMap(MapFields.Mode.init) ?? .inline
        fields.executionType = config?["ExecutionType"]?.string
            .flatMap(MapFields.ExecutionType.init)
        fields.itemsPath = try optionalPath(object["ItemsPath"], at: path.member("ItemsPath"))
        fields.usesParameters = object["Parameters"] != nil
        let selector = fields.usesParameters ? "Parameters" : "ItemSelector"
        if language == .jsonPath {
            fields.itemSelector = try template(object[selector], at: path.member(selector))
        }
        fields.items = expressionTemplate(object["Items"])
        fields.itemSelectorTemplate = expressionTemplate(object["ItemSelector"])
        fields.maxConcurrency = try count(object, "MaxConcurrency", at: path) ?? .literal(0)
        fields.label = object["Label"]?.string
        fields.toleratedFailureCount = try count(object, "ToleratedFailureCount", at: path)
        fields.toleratedFailurePercentage = try percentage(
            object,
            "ToleratedFailurePercentage",
            at: path
        )
        guard fields.mode == .distributed else { return fields }
        fields.reader = try itemReader(object["ItemReader"], at: path.member("ItemReader"))
        fields.batcher = try itemBatcher(object["ItemBatcher"], at: path.member("ItemBatcher"))
        fields.writer = try resultWriter(object["ResultWriter"], at: path.member("ResultWriter"))
        return fields
    }
}
