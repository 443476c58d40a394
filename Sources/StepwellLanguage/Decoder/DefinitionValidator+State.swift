import StepwellJSON

extension DefinitionValidator {
    /// Checks one state.
    mutating func state(
        _ value: JSONValue,
        named name: String,
        at path: DefinitionPath,
        language inherited: QueryLanguage
    ) {
        guard let object = value.object else {
            findings.error(
                at: path,
                "A state must be an object, but '\(name)' is \(value.kindName)"
            )
            return markUnknown()
        }
        let outer = state
        defer { state = outer }
        state.name = name
        state.language = language(of: object, at: path, inherited: inherited)
        guard let type = stateType(object, at: path) else { return markUnknown() }
        state.type = type
        stateFields(object, at: path)
        exclusiveFields(object, at: path)
        transition(object, at: path)
        retriers(object, at: path)
        catchers(object, at: path)
        switch type {
        case .task: task(object, at: path)
        case .choice: choices(object, at: path)
        case .parallel: branches(object, at: path)
        case .map: map(object, at: path)
        case .fail: fail(object, at: path)
        case .pass: pass(object, at: path)
        case .wait: break
        case .succeed: markTerminal()
        }
    }

    private mutating func stateType(
        _ object: JSONObject,
        at path: DefinitionPath
    ) -> StateTypeName? {
        guard let value = object["Type"] else {
            require(["Type"], of: object, at: path)
            return nil
        }
        if let type = value.string.flatMap(StateTypeName.init(rawValue:)) { return type }
        let allowed = StateTypeName.allCases.map(\.rawValue)
        check(value, is: .oneOf(allowed), field: "Type", at: path.member("Type"))
        return nil
    }

    private mutating func stateFields(_ object: JSONObject, at path: DefinitionPath) {
        let rules = DefinitionRules.state.filter {
            $0.states.contains(StateTypes(state.type))
                && ($0.language == nil || $0.language == state.language)
        }
        require(rules.filter(\.field.isRequired).map(\.field.name), of: object, at: path)
        for (key, value) in object {
            let place = path.member(key)
            if let rule = rules.first(where: { $0.field.name.utf8.elementsEqual(key.utf8) }) {
                check(value, is: rule.field.kind, field: key, at: place)
            } else {
                findings.error(
                    at: place,
                    "The field '\(key)' is not supported by a \(state.type.rawValue) state",
                    hint: hint(forForeign: key, rules.map(\.field.name))
                )
            }
        }
    }

    private func hint(forForeign key: String, _ known: [String]) -> String? {
        let elsewhere = DefinitionRules.state.filter { $0.field.name.utf8.elementsEqual(key.utf8) }
        let here = elsewhere.filter { $0.states.contains(StateTypes(state.type)) }
        if let other = here.first?.language {
            return "It belongs to QueryLanguage \(other.rawValue)."
        }
        guard !elsewhere.isEmpty else { return NearMiss.hint(for: key, among: known) }
        let states = elsewhere.reduce(StateTypes()) { $0.union($1.states) }
        let types = StateTypeName.allCases.filter { states.contains(StateTypes($0)) }
        return "It belongs to \(types.map(\.rawValue).joined(separator: ", "))."
    }

    private mutating func exclusiveFields(_ object: JSONObject, at path: DefinitionPath) {
        for line in DefinitionRules.exclusive
        where line.states.contains(StateTypes(state.type))
            && (line.language == nil || line.language == state.language)
        {
            let present = line.names.filter { object[$0] != nil }
            let list = line.names.joined(separator: ", ")
            if present.count > 1 {
                findings.error(
                    at: path,
                    "Only one of these fields is allowed: [\(list)]",
                    hint: "Keep one of \(present.joined(separator: ", "))."
                )
            } else if present.isEmpty, line.isRequired {
                findings.error(at: path, "One of these fields is required: [\(list)]")
            }
        }
    }

    private mutating func transition(_ object: JSONObject, at path: DefinitionPath) {
        guard StateTypes.transiting.contains(StateTypes(state.type)) else { return }
        if let next = object["Next"]?.string {
            target(next, at: path.member("Next"))
        } else if object["End"]?.flag == true {
            markTerminal()
        } else {
            markUnknown()
            if object["End"]?.flag == false {
                findings.error(
                    at: path.member("End"),
                    "A state without 'Next' must have \"End\": true"
                )
            }
        }
    }

    /// Notes that the state may go to `name`.
    mutating func target(_ name: String, at path: DefinitionPath) {
        withFacts { $0.targets.append((name, path)) }
    }

    /// Notes that the scope may end in the state.
    mutating func markTerminal() {
        withFacts { $0.isTerminal = true }
    }

    /// Notes that it is not known where the state goes.
    mutating func markUnknown() {
        withFacts { $0.isUnknown = true }
    }

    private mutating func withFacts(_ body: (inout StateFacts) -> Void) {
        guard let last = scopes[current].states.indices.last else { return }
        body(&scopes[current].states[last])
    }
}
