import StepwellJSON
import StepwellLanguage

/// The state that a TestState request is about: compiled, and as it was written.
struct TriedState {
    let definition: StateMachineDefinition
    let index: StateIndex
    /// The state's fields as they were written.
    let fields: JSONObject

    var state: State { definition[index] }

    /// Whether the state's context object may have a task's token: of a job or a callback.
    var hasToken: Bool {
        guard case .task(let fields) = state.kind else { return false }
        return TaskPattern(fields.resource).isInTwoHalves
    }

    /// A state on its own, or one of a machine.
    ///
    /// Throws `InvalidDefinition` with every problem, or `ValidationException` when the machine
    /// has no such state.
    init(_ text: String, stateName: String?) throws(ServiceError) {
        let machine = stateName == nil ? Self.machine(around: text) : text
        let decoded = DefinitionDecoder().decode(machine)
        guard !decoded.languageProblems.hasErrors, let compiled = decoded.compiled else {
            throw ServiceError(code: "InvalidDefinition", message: decoded.refusal)
        }
        let name = stateName ?? Self.givenName
        guard let index = compiled.index(ofState: name),
            let value = try? JSONParser.parse(Array(machine.utf8)),
            let fields = Self.state(name, in: value)
        else { throw .validation("State not found in definition") }
        definition = compiled
        self.index = index
        self.fields = fields
    }

    /// How AWS names a state that comes without a name.
    private static let givenName = "StateName"

    /// A machine of one state, with a Succeed state for each that it leads to.
    ///
    /// Text that is no object is left as it is, so that its own problem is reported.
    private static func machine(around text: String) -> String {
        guard let value = try? JSONParser.parse(Array(text.utf8)), let fields = value.objectValue
        else { return text }
        var targets: [String] = []
        func add(_ target: JSONValue?) {
            guard case .string(let name)? = target, name != givenName, !targets.contains(name)
            else { return }
            targets.append(name)
        }
        add(fields["Next"])
        add(fields["Default"])
        for key in ["Choices", "Catch"] {
            for rule in fields[key]?.arrayValue ?? [] { add(rule.objectValue?["Next"]) }
        }
        let stubs = targets.map { #",\#(JSONWriter.string(.string($0))):{"Type":"Succeed"}"# }
        return #"{"StartAt":"\#(givenName)","States":{"\#(givenName)":"# + text
            + stubs.joined() + "}}"
    }

    /// A state of a machine or of a scope inside it, as it was written.
    private static func state(_ name: String, in scope: JSONValue) -> JSONObject? {
        guard let states = scope.objectValue?["States"]?.objectValue else { return nil }
        if let found = states[name]?.objectValue { return found }
        for (_, state) in states {
            let fields = state.objectValue ?? JSONObject()
            let inner = [fields["ItemProcessor"], fields["Iterator"]].compactMap { $0 }
            for scope in inner + (fields["Branches"]?.arrayValue ?? []) {
                if let found = Self.state(name, in: scope) { return found }
            }
        }
        return nil
    }
}
