import StepwellJSON

/// Results as the XML protocols write them.
struct XMLAnswerFormat {
    let model: ServiceModel

    /// The members of a structure that are there and in the body.
    func members(_ node: XMLNode, of structure: StructureShape) -> JSONObject {
        var members = JSONObject()
        for member in structure.members where member.traits.location == nil {
            if member.traits.isXMLAttribute {
                let name = member.wireName
                let found = node.attributes.first { $0.name == name }
                if let found { members[member.sdkName] = .string(found.value) }
                continue
            }
            let name = self.name(of: member)
            if isFlattened(member) {
                let found = node.children.filter { $0.name == name }
                if !found.isEmpty { members[member.sdkName] = flattened(found, member) }
            } else if let child = node.child(name) {
                members[member.sdkName] = value(child, member)
            }
        }
        return members
    }

    /// A value by its shape.
    func value(_ node: XMLNode, _ member: MemberShape) -> JSONValue {
        switch model.shape(member) {
        case .structure(let structure): return .object(members(node, of: structure))
        case .list(let element):
            let name = element.traits.locationName ?? defaultElement
            let found = node.children.filter { $0.name == name }
            return .array(found.map { value($0, element) })
        case .map(let key, let element):
            return map(node.children.filter { $0.name == "entry" }, key, element)
        case .string: return .string(node.string)
        case .boolean: return .bool(node.string == "true")
        case .integer, .float, .double:
            let number = try? JSONParser.parse(node.string)
            if case .number? = number, let number { return number }
            return .string(node.string)
        case .timestamp:
            let text = node.string
            return .string(TimestampText.parse(text).map { TimestampText.iso8601($0) } ?? text)
        case .blob: return .string(node.string)
        }
    }

    private var defaultElement: String { model.metadata.wireProtocol == .ec2 ? "item" : "member" }

    private func isFlattened(_ member: MemberShape) -> Bool {
        switch model.shape(member) {
        case .list, .map: member.traits.isFlattened
        default: false
        }
    }

    private func name(of member: MemberShape) -> String {
        // A flattened list without a name of its own has its elements'.
        if member.traits.isFlattened, case .list(let element) = model.shape(member),
            let name = element.traits.locationName
        {
            return name
        }
        return member.wireName
    }

    private func flattened(_ nodes: [XMLNode], _ member: MemberShape) -> JSONValue {
        switch model.shape(member) {
        case .list(let element): .array(nodes.map { value($0, element) })
        case .map(let key, let element): map(nodes, key, element)
        default: .null
        }
    }

    private func map(
        _ nodes: [XMLNode],
        _ key: MemberShape,
        _ element: MemberShape
    ) -> JSONValue {
        var entries = JSONObject()
        for node in nodes {
            guard let name = node.child(key.traits.locationName ?? "key"),
                let value = node.child(element.traits.locationName ?? "value")
            else { continue }
            entries[name.string] = self.value(value, element)
        }
        return .object(entries)
    }
}
