import StepwellJSON
import StepwellJSONPath

extension DefinitionValidator {
    /// Checks one state.
    mutating func state(
        _ value: JSONValue,
        named name: String,
        at path: DefinitionPath
    ) {
        guard let object = value.object else { return mismatch("Object", value, path) }
        let outer = state
        defer { state = outer }
        state.name = name
        transitions(of: object, at: path)
        state.language = language(of: object, at: path, inherited: machineLanguage)
        guard let type = stateType(object, at: path) else { return }
        state.type = type
        stateFields(object, at: path)
        exclusiveFields(object, at: path)
        neverEnding(object, at: path)
        retriers(object, at: path)
        catchers(object, at: path)
        switch type {
        case .task: task(object, at: path)
        case .choice: choices(object, at: path)
        case .parallel: branches(object, at: path)
        case .map: map(object, at: path)
        case .fail: fail(object, at: path)
        case .pass: pass(object, at: path)
        case .wait, .succeed: break
        }
    }

    private mutating func stateType(
        _ object: JSONObject,
        at path: DefinitionPath
    ) -> StateTypeName? {
        guard let value = object["Type"] else {
            findings.error(at: path, AWSMessages.missingField("Type"))
            return nil
        }
        if let type = value.string.flatMap(StateTypeName.init(rawValue:)) { return type }
        let allowed = StateTypeName.allCases.map(\.rawValue)
        findings.error(
            at: path.member("Type"),
            reported: path,
            AWSMessages.unknownType(allowed),
            hint: value.string.flatMap { NearMiss.hint(for: $0, among: allowed) },
            blocksRunningOnly: value.string.map { !Placeholder.names(in: $0).isEmpty } ?? false
        )
        return nil
    }

    private mutating func stateFields(_ object: JSONObject, at path: DefinitionPath) {
        let ofType = DefinitionRules.state.filter { $0.states.contains(StateTypes(state.type)) }
        let rules = ofType.filter { $0.language == nil || $0.language == state.language }
        require(rules.filter(\.field.isRequired).map(\.field.name), of: object, at: path)
        for (key, value) in object {
            if let rule = rules.first(where: { $0.field.name.utf8.elementsEqual(key.utf8) }) {
                check(value, is: rule.field.kind, field: key, at: path.member(key))
            } else {
                unsupported(
                    key,
                    isForeign: ofType.contains { $0.field.name.utf8.elementsEqual(key.utf8) },
                    at: path,
                    hint: hint(forForeign: key, rules.map(\.field.name))
                )
            }
        }
    }

    private func hint(forForeign key: String, _ known: [String]) -> String? {
        let elsewhere = DefinitionRules.state.filter { $0.field.name.utf8.elementsEqual(key.utf8) }
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
            guard line.isRequired ? present.count != 1 : present.count > 1 else { continue }
            let names = JavaHash.sorted(line.names)
            findings.error(
                at: path,
                line.isRequired
                    ? AWSMessages.exactlyOne(of: names) : AWSMessages.oneAtMost(of: names),
                hint: present.isEmpty
                    ? nil : "Keep one of \(present.joined(separator: ", "))."
            )
        }
    }

    private mutating func neverEnding(_ object: JSONObject, at path: DefinitionPath) {
        guard StateTypes.transiting.contains(StateTypes(state.type)), object["Next"] == nil,
            object["End"]?.flag == false
        else { return }
        findings.error(
            at: path.member("End"),
            "A state without 'Next' must have \"End\": true"
        )
    }

    /// Notes where the state may go, whatever its type and its faults: as recorded, a target in a
    /// field that the state cannot have is still one, and an unknown type may end, but a state
    /// without a type does not.
    private mutating func transitions(of object: JSONObject, at path: DefinitionPath) {
        guard let last = scopes[current].states.indices.last else { return }
        var facts = scopes[current].states[last]
        for field in ["Next", "Default"] {
            facts.note(object[field]?.string, at: path.member(field))
        }
        for field in ["Choices", "Catch"] {
            for (index, item) in (object[field]?.array ?? []).enumerated() {
                let place = path.member(field).item(index).member("Next")
                facts.note(item.object?["Next"]?.string, at: place)
            }
        }
        let type = object["Type"]?.string
        facts.isTerminal =
            type == StateTypeName.succeed.rawValue || type == StateTypeName.fail.rawValue
            || (type != nil && object["End"]?.flag == true)
        scopes[current].states[last] = facts
    }
}
