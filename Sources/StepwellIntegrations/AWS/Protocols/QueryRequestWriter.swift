import StepwellEngine
import StepwellJSON

/// Writes requests of the protocols query and ec2: forms whose names are paths.
struct QueryRequestWriter {
    private typealias Pair = (name: String, value: String)

    let model: ServiceModel

    private var isEC2: Bool { model.metadata.wireProtocol == .ec2 }

    /// Writes the members of an action's input.
    func write(
        _ members: [(member: MemberShape, value: WireValue)],
        _ operation: OperationModel,
        to request: inout WireRequest
    ) {
        var pairs: [Pair] = [
            ("Action", operation.name), ("Version", model.metadata.apiVersion),
        ]
        append(.structure(members), nil, prefix: "", to: &pairs)
        request.headers.append(
            ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
        )
        let text = pairs.map { name, value in
            "\(PercentEncoding.encode(name.utf8))=\(PercentEncoding.encode(value.utf8))"
        }
        request.body = Array(text.joined(separator: "&").utf8)
    }

    private func append(
        _ value: WireValue,
        _ member: MemberShape?,
        prefix: String,
        to pairs: inout [Pair]
    ) {
        switch value {
        case .structure(let members):
            for (member, value) in members {
                let name = name(member)
                append(
                    value,
                    member,
                    prefix: prefix.isEmpty ? name : "\(prefix).\(name)",
                    to: &pairs
                )
            }
        case .list(let element, let values):
            list(values, element, member, prefix, to: &pairs)
        case .map(let key, let element, let entries):
            let isFlat = member?.traits.isFlattened ?? false
            let path = isFlat ? prefix : "\(prefix).entry"
            for (index, entry) in entries.enumerated() {
                let (keyName, valueName) = (
                    key.traits.locationName ?? "key", element.traits.locationName ?? "value"
                )
                pairs.append(("\(path).\(index + 1).\(keyName)", entry.key))
                append(
                    entry.value,
                    element,
                    prefix: "\(path).\(index + 1).\(valueName)",
                    to: &pairs
                )
            }
        default: pairs.append((prefix, ScalarText.text(value, member?.traits, .iso8601)))
        }
    }

    private func list(
        _ values: [WireValue],
        _ element: MemberShape,
        _ member: MemberShape?,
        _ prefix: String,
        to pairs: inout [Pair]
    ) {
        var path = prefix
        if !isEC2 {
            guard !values.isEmpty else {
                pairs.append((prefix, ""))
                return
            }
            if !(member?.traits.isFlattened ?? false) {
                path = "\(prefix).\(element.traits.locationName ?? "member")"
            } else if let name = element.traits.locationName {
                let parents = prefix.split(separator: ".").dropLast().map(String.init)
                path = (parents + [name]).joined(separator: ".")
            }
        }
        for (index, value) in values.enumerated() {
            append(value, element, prefix: "\(path).\(index + 1)", to: &pairs)
        }
    }

    private func name(_ member: MemberShape) -> String {
        guard isEC2 else { return member.wireName }
        return member.traits.queryName
            ?? member.traits.locationName.map(SDKName.capitalized) ?? member.name
    }
}
