import StepwellJSON

extension RolePolicies {
    /// Reads a policy file: a policy for every role, or policies by the ARN of the role.
    ///
    /// A role's ARN may hold wildcards; it has a policy, or a list of them.
    ///
    /// - Throws: Every problem of the document, each with its place.
    package init(_ document: SettingsDocument) throws(SettingsProblems) {
        var reader = PolicyReader(document: document)
        let entries = reader.entries(SettingsNode(value: document.value, place: .root))
        guard reader.problems.isEmpty else { throw SettingsProblems(reader.problems) }
        self.init(entries)
    }
}

/// Checks a policy file and takes it apart.
struct PolicyReader {
    let document: SettingsDocument
    private(set) var problems: [SettingsProblem] = []

    init(document: SettingsDocument) {
        self.document = document
    }

    /// The policies by role.
    mutating func entries(_ root: SettingsNode) -> [RolePolicies.Entry] {
        guard root.value.objectValue != nil else {
            note("a policy, or a mapping of roles' ARNs to policies, is expected here", root)
            return []
        }
        if root["Statement"] != nil || root["Version"] != nil {
            return [RolePolicies.Entry(role: "*", statements: policy(root))]
        }
        return root.members.map { role, node in
            if role != "*", !role.utf8.starts(with: "arn:".utf8) {
                note("'\(role)' is not the ARN of a role", node)
            }
            let policies = node.value.arrayValue == nil ? [node] : node.items
            return RolePolicies.Entry(role: role, statements: policies.flatMap { policy($0) })
        }
    }

    private mutating func policy(_ node: SettingsNode) -> [PolicyStatement] {
        guard check(node, ["Version", "Id", "Statement"]) else { return [] }
        if let version = node["Version"], !["2012-10-17", "2008-10-17"].contains(version.text) {
            note("the version of a policy is 2012-10-17", version)
        }
        guard let statements = node["Statement"] else {
            note("'Statement' is missing here", node)
            return []
        }
        let nodes = statements.value.arrayValue == nil ? [statements] : statements.items
        return nodes.compactMap { statement($0) }
    }

    private mutating func statement(_ node: SettingsNode) -> PolicyStatement? {
        let keys = [
            "Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition",
        ]
        guard check(node, keys) else { return nil }
        guard let effect = node["Effect"]?.text.flatMap(PolicyStatement.Effect.init) else {
            note("'Effect' must be 'Allow' or 'Deny'", node["Effect"] ?? node)
            return nil
        }
        guard let actions = selection("Action", of: node),
            let resources = selection("Resource", of: node)
        else { return nil }
        for action in actions.patterns where action != "*" && !action.contains(":") {
            note(
                "'\(action)' is not an action: service:Action",
                node["Action"] ?? node["NotAction"] ?? node
            )
        }
        return PolicyStatement(
            effect: effect,
            actions: actions,
            resources: resources,
            conditions: (node["Condition"]?.members ?? []).flatMap { conditions($0.name, $0.node) }
        )
    }

    /// `Action` or `NotAction`, `Resource` or `NotResource`.
    private mutating func selection(
        _ name: String,
        of node: SettingsNode
    ) -> PolicyStatement.Selection? {
        let (plain, negated) = (node[name], node["Not" + name])
        guard (plain == nil) != (negated == nil), let found = plain ?? negated else {
            note("a statement has one of '\(name)' and 'Not\(name)'", node)
            return nil
        }
        guard let texts = texts(found), !texts.isEmpty else {
            note("a text, or a list of texts, is expected here", found)
            return nil
        }
        return PolicyStatement.Selection(texts, isNegated: negated != nil)
    }

    private mutating func conditions(_ name: String, _ node: SettingsNode) -> [PolicyCondition] {
        guard let form = Self.form(of: name) else {
            let names = PolicyComparison.allCases.map(\.rawValue)
            let suggestion = NearName.suggestion(name, in: names)
            note("'\(name)' is not a known condition operator\(suggestion)", node)
            return []
        }
        return node.members.compactMap { key, node in
            let isKnown = PolicyContext.keys.contains { $0.lowercased() == key.lowercased() }
            guard isKnown else {
                let list = PolicyContext.keys.joined(separator: ", ")
                note("the condition key '\(key)' is not known here; these are: \(list)", node)
                return nil
            }
            guard let values = texts(node) else {
                note("a text, or a list of texts, is expected here", node)
                return nil
            }
            return PolicyCondition(
                form.comparison,
                key: key.lowercased(),
                values: values,
                quantifier: form.quantifier,
                ifExists: form.ifExists
            )
        }
    }

    /// `[ForAnyValue:|ForAllValues:]Operator[IfExists]`.
    private static func form(
        of name: String
    ) -> (comparison: PolicyComparison, quantifier: PolicyCondition.Quantifier?, ifExists: Bool)? {
        let parts = name.split(separator: ":").map(String.init)
        guard let last = parts.last, parts.count <= 2 else { return nil }
        var quantifier: PolicyCondition.Quantifier?
        if parts.count == 2 {
            quantifier = PolicyCondition.Quantifier(rawValue: parts[0])
            if quantifier == nil { return nil }
        }
        let suffix = "IfExists"
        let ifExists = last.hasSuffix(suffix)
        let operation = ifExists ? String(last.dropLast(suffix.count)) : last
        guard let comparison = PolicyComparison(rawValue: operation),
            comparison != .null || !ifExists
        else { return nil }
        return (comparison, quantifier, ifExists)
    }

    private func texts(_ node: SettingsNode) -> [String]? {
        let values = node.value.arrayValue ?? [node.value]
        let texts = values.compactMap { $0.writtenText ?? $0.boolValue.map { "\($0)" } }
        return texts.count == values.count ? texts : nil
    }

    /// Whether it is a mapping of some members only.
    private mutating func check(_ node: SettingsNode, _ keys: [String]) -> Bool {
        guard node.value.objectValue != nil else {
            note("a mapping is expected here", node)
            return false
        }
        let count = problems.count
        for (name, member) in node.members where !keys.contains(name) {
            let suggestion = NearName.suggestion(name, in: keys)
            let list = keys.map { "'\($0)'" }.joined(separator: ", ")
            note(
                "'\(name)' is not known here"
                    + (suggestion.isEmpty ? "; these are: \(list)" : suggestion),
                member
            )
        }
        return problems.count == count
    }

    private mutating func note(_ message: String, _ node: SettingsNode) {
        problems.append(document.problem(message, at: node.place))
    }
}
