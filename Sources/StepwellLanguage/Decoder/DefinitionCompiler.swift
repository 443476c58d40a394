import StepwellIntrinsics
import StepwellJSON
import StepwellJSONPath

/// Turns a definition that the validator found no error in into the model.
struct DefinitionCompiler {
    /// Where the compiler met what the validator should have refused.
    struct Failure: Error {
        let path: DefinitionPath
    }

    private var states: [State?] = []
    private var scopes: [Scope?] = []
    /// The states of the scope at hand by name, as bytes.
    private var names: [[UInt8]: StateIndex] = [:]
    /// The scope at hand.
    var scope = ScopeIndex.root
    /// The language of the state at hand.
    var language = QueryLanguage.jsonPath
    /// The language of the scope at hand, which its states have unless they say otherwise.
    private var scopeLanguage = QueryLanguage.jsonPath

    /// Compiles a whole definition.
    mutating func compile(_ machine: JSONValue) throws(Failure) -> StateMachineDefinition {
        let path = DefinitionPath()
        guard let object = machine.object else { throw Failure(path: path) }
        _ = try compileScope(object, owner: nil, branch: 0, at: path)
        guard let states = states.unwrapped, let scopes = scopes.unwrapped else {
            throw Failure(path: path)
        }
        return StateMachineDefinition(
            comment: object["Comment"]?.string,
            version: object["Version"]?.string ?? "1.0",
            timeoutSeconds: object["TimeoutSeconds"]?.integer,
            queryLanguage: Self.language(of: object) ?? .jsonPath,
            states: states,
            scopes: scopes
        )
    }

    /// Compiles `States` and `StartAt`; the indexes are given in the order of the text.
    mutating func compileScope(
        _ object: JSONObject,
        owner: StateIndex?,
        branch: Int,
        at path: DefinitionPath
    ) throws(Failure) -> ScopeIndex {
        guard let members = object["States"]?.object else {
            throw Failure(path: path.member("States"))
        }
        let outer = (names, scope, scopeLanguage)
        defer { (names, scope, scopeLanguage) = outer }
        scopeLanguage = Self.language(of: object) ?? scopeLanguage
        scope = ScopeIndex(scopes.count)
        scopes.append(nil)
        names = [:]
        var indexes: [StateIndex] = []
        for name in members.keys {
            let index = StateIndex(states.count)
            states.append(nil)
            indexes.append(index)
            names[Array(name.utf8)] = index
        }
        let place = path.member("States")
        for (index, member) in zip(indexes, members) {
            states[index.value] = try compileState(
                member.value,
                named: member.key,
                index: index,
                at: place.member(member.key)
            )
        }
        scopes[scope.value] = Scope(
            startAt: try target(object["StartAt"], at: path.member("StartAt")),
            states: indexes,
            owner: owner,
            branch: branch,
            comment: object["Comment"]?.string
        )
        return scope
    }

    /// The state of the scope at hand that a field names.
    func target(_ value: JSONValue?, at path: DefinitionPath) throws(Failure) -> StateIndex {
        guard let name = value?.string, let index = names[Array(name.utf8)] else {
            throw Failure(path: path)
        }
        return index
    }

    private mutating func compileState(
        _ value: JSONValue,
        named name: String,
        index: StateIndex,
        at path: DefinitionPath
    ) throws(Failure) -> State {
        guard let object = value.object,
            let type = object["Type"]?.string.flatMap(StateTypeName.init(rawValue:))
        else { throw Failure(path: path) }
        let outer = language
        defer { language = outer }
        language = Self.language(of: object) ?? scopeLanguage
        let kind = try kind(of: type, object, index: index, at: path)
        return State(
            name: name,
            scope: scope,
            comment: object["Comment"]?.string,
            queryLanguage: language,
            kind: kind,
            transition: try transition(of: type, object, at: path),
            dataFlow: try dataFlow(of: type, object, at: path),
            expressionFlow: try expressionFlow(object, at: path),
            assign: try assign(object["Assign"], at: path.member("Assign")),
            retriers: try retriers(object, at: path),
            catchers: try catchers(object, at: path)
        )
    }

    private func transition(
        of type: StateTypeName,
        _ object: JSONObject,
        at path: DefinitionPath
    ) throws(Failure) -> StateTransition {
        switch type {
        case .choice: return .choice
        case .succeed, .fail: return .end
        case .pass, .task, .wait, .parallel, .map:
            if object["End"]?.flag == true { return .end }
            return .next(try target(object["Next"], at: path.member("Next")))
        }
    }

    private static func language(of object: JSONObject) -> QueryLanguage? {
        object["QueryLanguage"]?.string.flatMap(QueryLanguage.init)
    }

    private func dataFlow(
        of type: StateTypeName,
        _ object: JSONObject,
        at path: DefinitionPath
    ) throws(Failure) -> DataFlow {
        var flow = DataFlow.identity
        flow.inputPath = try pathField(object["InputPath"], at: path.member("InputPath"))
        // The Parameters of a Map state are evaluated once per item: see MapFields.
        if type != .map {
            flow.parameters = try template(object["Parameters"], at: path.member("Parameters"))
        }
        flow.resultSelector = try template(
            object["ResultSelector"],
            at: path.member("ResultSelector")
        )
        flow.resultPath = try resultPath(object["ResultPath"], at: path.member("ResultPath"))
        flow.outputPath = try pathField(object["OutputPath"], at: path.member("OutputPath"))
        return flow
    }
}

extension [State?] {
    fileprivate var unwrapped: [State]? {
        let all = compactMap(\.self)
        return all.count == count ? all : nil
    }
}

extension [Scope?] {
    fileprivate var unwrapped: [Scope]? {
        let all = compactMap(\.self)
        return all.count == count ? all : nil
    }
}
