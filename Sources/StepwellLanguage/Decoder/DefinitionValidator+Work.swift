import StepwellJSON

extension DefinitionValidator {
    /// Checks what is special to a Task state.
    mutating func task(_ object: JSONObject, at path: DefinitionPath) {
        if let resource = object["Resource"]?.string {
            self.resource(resource, at: path.member("Resource"))
        }
        if let timeout = object["TimeoutSeconds"]?.integer,
            let heartbeat = object["HeartbeatSeconds"]?.integer, heartbeat >= timeout
        {
            findings.error(
                at: path.member("HeartbeatSeconds"),
                "HeartbeatSeconds (\(heartbeat)) must be smaller than TimeoutSeconds (\(timeout))"
            )
        }
        if let credentials = object["Credentials"]?.object {
            let place = path.member("Credentials")
            if credentials["RoleArn"] == nil, credentials["RoleArn.$"] == nil {
                findings.error(at: place, AWSMessages.requiredField("RoleArn"))
            }
        }
    }

    /// Notes a resource that has to be served, and what stands in its way.
    mutating func note(_ resource: String, at path: DefinitionPath) {
        if !resources.contains(where: { $0.utf8.elementsEqual(resource.utf8) }) {
            resources.append(resource)
        }
        if let hindrance = hindrances[resource] {
            findings.warning(.unservedResource, at: path, hindrance)
        }
    }

    private mutating func resource(_ resource: String, at path: DefinitionPath) {
        note(resource, at: path)
        guard let arn = TaskResource(resource) else { return }
        if machineType == .express {
            if let pattern = arn.pattern {
                findings.error(
                    at: path,
                    AWSMessages.expressPattern(pattern)
                )
            }
            if arn.isActivity {
                findings.error(
                    at: path,
                    AWSMessages.expressActivity(resource)
                )
            }
        }
        if !arn.isRecognized {
            findings.error(
                at: path,
                AWSMessages.unknownResource(resource),
                hint: arn.suggestion
            )
        }
    }

    /// Checks the branches of a Parallel state.
    mutating func branches(_ object: JSONObject, at path: DefinitionPath) {
        guard let branches = object["Branches"]?.array else { return }
        let list = path.member("Branches")
        if branches.isEmpty {
            findings.error(at: list, AWSMessages.emptyValue, hint: "Add at least one branch.")
        }
        for (index, branch) in branches.enumerated() {
            inner(branch, rules: DefinitionRules.branch, at: list.item(index))
        }
    }

    private mutating func inner(
        _ value: JSONValue,
        rules: [FieldRule],
        isIsolated: Bool = false,
        at path: DefinitionPath
    ) {
        guard let object = value.object else { return mismatch("Object", value, path) }
        check(object, against: rules, at: path)
        scope(object, at: path, parent: isIsolated ? nil : current)
    }

    /// Checks what is special to a Map state.
    mutating func map(_ object: JSONObject, at path: DefinitionPath) {
        let field = object["ItemProcessor"] != nil ? "ItemProcessor" : "Iterator"
        var isDistributed = false
        if let processor = object[field], processor.object != nil {
            let place = path.member(field)
            isDistributed = processorConfig(processor, at: place.member("ProcessorConfig"))
            let outerType = machineType
            if isDistributed {
                let config = processor.object?["ProcessorConfig"]?.object
                machineType = config?["ExecutionType"]?.string == "EXPRESS" ? .express : .standard
            }
            defer { machineType = outerType }
            // The iterations of a distributed Map do not see the variables around it.
            inner(
                processor,
                rules: DefinitionRules.processor,
                isIsolated: isDistributed,
                at: place
            )
        }
        if let label = object["Label"]?.string, !label.isEmpty {
            self.label(label, at: path.member("Label"))
        }
        distributed(object, at: path)
        guard !isDistributed else { return }
        inlineOnly(object, at: path)
    }

    /// Names the fields that a Map state in INLINE mode cannot have or has no use for.
    private mutating func inlineOnly(_ object: JSONObject, at path: DefinitionPath) {
        if object["Items"]?.object != nil {
            findings.error(
                at: path.member("Items"),
                "Only a Map state in DISTRIBUTED mode iterates over an object",
                hint: "Set ItemProcessor.ProcessorConfig.Mode, or write an array."
            )
        }
        for field in DefinitionRules.distributedFields where object[field] != nil {
            findings.error(
                at: path.member(field),
                "The field '\(field)' is only supported by a Map state in DISTRIBUTED mode",
                hint: "Set ItemProcessor.ProcessorConfig.Mode."
            )
        }
        for field in DefinitionRules.toleranceFields where object[field] != nil {
            findings.warning(
                .noEffect,
                at: path.member(field),
                "The field '\(field)' has no effect in INLINE mode",
                hint: "Only DISTRIBUTED mode tolerates failed items."
            )
        }
    }

    /// Whether the configuration asks for distributed mode.
    private mutating func processorConfig(
        _ processor: JSONValue,
        at path: DefinitionPath
    ) -> Bool {
        guard let config = processor.object?["ProcessorConfig"]?.object else { return false }
        check(config, against: DefinitionRules.processorConfig, at: path)
        guard config["Mode"]?.string == "DISTRIBUTED" else {
            if config["ExecutionType"] != nil {
                findings.error(
                    at: path.member("ExecutionType"),
                    "The field 'ExecutionType' is only supported in DISTRIBUTED mode"
                )
            }
            return false
        }
        if config["ExecutionType"] == nil {
            require(["ExecutionType"], of: config, at: path)
        }
        if machineType == .express {
            findings.error(
                at: path.member("Mode"),
                "Express state machine does not support Map states in DISTRIBUTED mode"
            )
        }
        return true
    }

    /// Checks what is special to a Pass state.
    mutating func pass(_ object: JSONObject, at path: DefinitionPath) {
        guard let result = object["Result"], result.holdsExpression else { return }
        findings.warning(
            .passResultIsStatic,
            at: path.member("Result"),
            AWSMessages.passResultIsStatic,
            hint: "Result is never evaluated: use Parameters."
        )
    }
}

extension JSONValue {
    /// Whether something inside was probably meant to be evaluated.
    fileprivate var holdsExpression: Bool {
        switch self {
        case .string(let text): text.looksLikeExpression
        case .array(let items): items.contains(where: \.holdsExpression)
        case .object(let object):
            object.contains { $0.key.expressionKey != nil || $0.value.holdsExpression }
        case .null, .bool, .number: false
        }
    }
}
