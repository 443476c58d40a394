import StepwellIntrinsics
import StepwellJSON
import StepwellJSONPath

extension DefinitionCompiler {
    func pathField(_ value: JSONValue?, at path: DefinitionPath) throws(Failure) -> PathField {
        switch value {
        case nil: return .identity
        case .null: return .null
        case .some(let value):
            let path = try jsonPath(value, at: path)
            return path.isRoot && path.root == .input ? .identity : .path(path)
        }
    }

    func jsonPath(_ value: JSONValue, at path: DefinitionPath) throws(Failure) -> JSONPath {
        guard let text = value.string, let parsed = try? JSONPath(parsing: text) else {
            throw Failure(path: path)
        }
        return parsed
    }

    func optionalPath(_ value: JSONValue?, at path: DefinitionPath) throws(Failure) -> JSONPath? {
        guard let value else { return nil }
        return try jsonPath(value, at: path)
    }

    func expression(_ text: String?, at path: DefinitionPath) throws(Failure) -> PathExpression {
        guard let text, let parsed = try? PathExpression(parsing: text) else {
            throw Failure(path: path)
        }
        return parsed
    }

    func resultPath(
        _ value: JSONValue?,
        at path: DefinitionPath
    ) throws(Failure) -> ResultPathField {
        switch value {
        case nil: return .replace
        case .null: return .discard
        case .some(let value):
            guard let text = value.string, let parsed = try? ReferencePath(parsing: text) else {
                throw Failure(path: path)
            }
            return parsed.steps.isEmpty ? .replace : .path(parsed)
        }
    }

    func template(_ value: JSONValue?, at path: DefinitionPath) throws(Failure) -> PayloadTemplate?
    {
        guard let value else { return nil }
        return PayloadTemplate(root: try node(value, at: path))
    }

    func assign(_ value: JSONValue?, at path: DefinitionPath) throws(Failure) -> AssignTemplate? {
        guard let value, language == .jsonPath else { return nil }
        guard let object = value.object else { throw Failure(path: path) }
        var entries: [(name: String, value: TemplateNode)] = []
        for (key, value) in object {
            let (name, node) = try member(key, value, at: path.member(key))
            entries.append((name, node))
        }
        return AssignTemplate(entries: entries)
    }

    /// A part of a template; what holds no expression becomes one literal.
    private func node(_ value: JSONValue, at path: DefinitionPath) throws(Failure) -> TemplateNode {
        switch value {
        case .null, .bool, .number, .string:
            return .literal(value)
        case .array(let items):
            var nodes: [TemplateNode] = []
            for (index, item) in items.enumerated() {
                nodes.append(try node(item, at: path.item(index)))
            }
            return nodes.allSatisfy { $0.literal != nil } ? .literal(value) : .array(nodes)
        case .object(let object):
            var members: [(key: String, value: TemplateNode)] = []
            for (key, value) in object {
                members.append(try member(key, value, at: path.member(key)))
            }
            return members.allSatisfy { $0.value.literal != nil }
                ? .literal(value) : .object(TemplateMembers(members))
        }
    }

    private func member(
        _ key: String,
        _ value: JSONValue,
        at path: DefinitionPath
    ) throws(Failure) -> (key: String, value: TemplateNode) {
        guard let plain = key.expressionKey else { return (key, try node(value, at: path)) }
        return (plain, .expression(try expression(value.string, at: path), field: key))
    }

    func seconds(
        _ object: JSONObject,
        _ field: String,
        at path: DefinitionPath
    ) throws(Failure) -> SecondsField? {
        if let literal = object[field]?.integer { return .literal(literal) }
        if let expression = jsonata(object[field]) { return .expression(expression) }
        let name = field + "Path"
        return try optionalPath(object[name], at: path.member(name)).map(SecondsField.path)
    }

    func count(
        _ object: JSONObject,
        _ field: String,
        at path: DefinitionPath
    ) throws(Failure) -> CountField? {
        if let literal = object[field]?.integer { return .literal(literal) }
        if let expression = jsonata(object[field]) { return .expression(expression) }
        let name = field + "Path"
        return try optionalPath(object[name], at: path.member(name)).map(CountField.path)
    }

    func percentage(
        _ object: JSONObject,
        _ field: String,
        at path: DefinitionPath
    ) throws(Failure) -> PercentageField? {
        if let literal = object[field]?.number { return .literal(literal.double) }
        if let expression = jsonata(object[field]) { return .expression(expression) }
        let name = field + "Path"
        return try optionalPath(object[name], at: path.member(name)).map(PercentageField.path)
    }

    func string(
        _ object: JSONObject,
        _ field: String,
        at path: DefinitionPath
    ) throws(Failure) -> StringField? {
        if let expression = jsonata(object[field]) { return .jsonata(expression) }
        if let literal = object[field]?.string { return .literal(literal) }
        let name = field + "Path"
        guard let text = object[name] else { return nil }
        return .expression(try expression(text.string, at: path.member(name)))
    }
}
