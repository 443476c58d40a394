import StepwellJSON

/// Finds every problem of a definition: runs the rule tables over it and checks what they cannot
/// say.
///
/// The walk records what needs the whole machine (names, targets, variables); `finish()` judges it.
struct DefinitionValidator {
    /// The type of what runs the states at hand, the state machine or the child executions of a
    /// distributed Map, which limits the integrations.
    var machineType: StateMachineKind

    /// What stands in the way of resources.
    let hindrances: [String: String]
    /// The resources of Task states, in the order in which they are met.
    var resources: [String] = []

    var findings = Findings()
    /// What is known of each scope, in the order that the scopes begin.
    var scopes: [ScopeFacts] = []
    /// The scope being walked.
    var current = 0
    /// The state being walked.
    var state = StateContext()
    /// The language of the whole machine, which its states have unless they say otherwise, those
    /// inside branches and item processors too.
    private(set) var machineLanguage = QueryLanguage.jsonPath
    private var labels: [String: DefinitionPath] = [:]

    /// The state that a check is about.
    struct StateContext {
        var name = ""
        var type = StateTypeName.pass
        var language = QueryLanguage.jsonPath
    }

    init(machineType: StateMachineKind, hindrances: [String: String] = [:]) {
        self.machineType = machineType
        self.hindrances = hindrances
    }

    /// Checks a whole definition.
    mutating func validate(_ machine: JSONValue) {
        let path = DefinitionPath()
        guard let object = machine.object else {
            findings.error(
                at: path,
                AWSMessages.notAnObject,
                hint: "The definition is \(machine.kindName)."
            )
            return
        }
        placeholders(in: machine, at: path)
        check(object, against: DefinitionRules.machine, at: path)
        machineLanguage = language(of: object, at: path, inherited: .jsonPath)
        scope(object, at: path, parent: nil)
        ScopeChecks(scopes: scopes).run(into: &findings)
    }

    /// Checks `States` and `StartAt` of the machine, a branch or an item processor.
    mutating func scope(
        _ object: JSONObject,
        at path: DefinitionPath,
        parent: Int?
    ) {
        let outer = current
        current = scopes.count
        scopes.append(ScopeFacts(path: path, parent: parent))
        defer { current = outer }
        if let start = object["StartAt"]?.string {
            scopes[current].startAt = start
        }
        let place = path.member("States")
        guard let states = object["States"]?.object else { return }
        scopes[current].hasStates = true
        if states.isEmpty {
            findings.error(at: place, AWSMessages.emptyValue, hint: "Add at least one state.")
        }
        for (name, value) in states {
            scopes[current].states.append(StateFacts(name: name, path: place.member(name)))
            stateName(name, at: place.member(name))
            state(value, named: name, at: place.member(name))
        }
    }

    private mutating func stateName(_ name: String, at path: DefinitionPath) {
        let length = name.unicodeScalars.count
        if length == 0 || length > LanguageLimits.stateNameLength {
            findings.error(
                .invalidStateName,
                at: path,
                "The name of a state has 1 to \(LanguageLimits.stateNameLength) characters, "
                    + "this one has \(length)"
            )
        }
    }

    /// The language of an object's expressions: JSONPath only where the text is that, of anything
    /// else JSONata (measured).
    mutating func language(
        of object: JSONObject,
        at path: DefinitionPath,
        inherited: QueryLanguage
    ) -> QueryLanguage {
        guard let value = object["QueryLanguage"] else { return inherited }
        let language: QueryLanguage =
            value.string == QueryLanguage.jsonPath.rawValue ? .jsonPath : .jsonata
        if language == .jsonPath, machineLanguage == .jsonata {
            findings.error(
                at: path.member("QueryLanguage"),
                reported: path,
                AWSMessages.jsonPathInJSONata,
                hint: "Leave QueryLanguage out at the top level and set it per state."
            )
        }
        return language
    }

    /// Notes a label, which has to be unique.
    mutating func label(_ label: String, at path: DefinitionPath) {
        let length = label.unicodeScalars.count
        if length > LanguageLimits.labelLength || !label.unicodeScalars.allSatisfy(\.isNameScalar) {
            findings.error(
                .invalidLabelName,
                at: path,
                "A label has 1 to \(LanguageLimits.labelLength) characters, without white space, "
                    + "brackets, wildcards and special characters"
            )
        }
        if let first = labels[label] {
            findings.error(
                .duplicateLabelName,
                at: path,
                "Duplicate label: \(label), first used at \(first.location)"
            )
        } else {
            labels[label] = path
        }
    }

    private mutating func placeholders(in value: JSONValue, at path: DefinitionPath) {
        switch value {
        case .string(let text):
            for name in Placeholder.names(in: text) {
                findings.warning(
                    .placeholder,
                    at: path,
                    "The placeholder '${\(name)}' is not filled in",
                    hint: "Give its value: --substitute \(name)=VALUE."
                )
            }
        case .array(let items):
            for (index, item) in items.enumerated() {
                placeholders(in: item, at: path.item(index))
            }
        case .object(let object):
            for (key, value) in object {
                placeholders(in: value, at: path.member(key))
            }
        case .null, .bool, .number: break
        }
    }
}

extension Unicode.Scalar {
    /// Whether the scalar may stand in the name of a machine, execution, activity or label.
    var isNameScalar: Bool {
        switch self {
        case "\u{00}"..."\u{20}", "\u{7F}"..."\u{9F}", "\u{FFFE}"..."\u{FFFF}", "\u{10FFFF}",
            "<", ">", "{", "}", "[", "]", "?", "*", "\"", "#", "%", "\\", "^", "|", "~", "`", "$",
            "&", ",", ";", ":", "/":
            false
        default: true
        }
    }
}
