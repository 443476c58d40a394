import StepwellEngine
import StepwellJSON

/// Writes requests of the REST protocols: members are in the path, the query, the headers and the
/// body.
struct RestRequestWriter {
    private typealias Member = (member: MemberShape, value: WireValue)

    let model: ServiceModel
    let operation: OperationModel
    let structure: StructureShape

    /// Writes the members of an action's input.
    func write(
        _ members: [(member: MemberShape, value: WireValue)],
        to request: inout WireRequest
    ) throws(AWSFault) {
        var labels: [(name: String, value: String)] = []
        var body: [Member] = []
        for (member, value) in members {
            switch member.traits.location {
            case .uri:
                let text = ScalarText.text(value, member.traits, .iso8601)
                labels.append((member.wireName, text))
                if member.name == "Bucket" { request.bucket = text }
            case .querystring: query(member, value, to: &request)
            case .header: header(member, value, to: &request)
            case .headers:
                guard case .map(_, _, let entries) = value else { continue }
                for entry in entries {
                    let text = ScalarText.text(entry.value, nil, .rfc822)
                    request.headers.append((member.wireName + entry.key, Self.line(text)))
                }
            case .statusCode, nil: body.append((member, value))
            }
        }
        try RestPath.write(operation.uri, labels, required: structure, to: &request)
        write(body: body, to: &request)
    }

    private func query(_ member: MemberShape, _ value: WireValue, to request: inout WireRequest) {
        switch value {
        case .map(_, _, let entries):
            for entry in entries {
                guard case .list(let element, let values) = entry.value else {
                    let text = ScalarText.text(entry.value, nil, .iso8601)
                    request.query.append((entry.key, text))
                    continue
                }
                for value in values {
                    let text = ScalarText.text(value, element.traits, .iso8601)
                    request.query.append((entry.key, text))
                }
            }
        case .list(let element, let values):
            for value in values {
                let text = ScalarText.text(value, element.traits, .iso8601)
                request.query.append((member.wireName, text))
            }
        default:
            let text = ScalarText.text(value, member.traits, .iso8601)
            request.query.append((member.wireName, text))
        }
    }

    private func header(_ member: MemberShape, _ value: WireValue, to request: inout WireRequest) {
        let text: String
        switch value {
        case .list(let element, let values):
            guard !values.isEmpty else { return }
            text = values.map { value in
                let text = ScalarText.text(value, element.traits, .rfc822)
                guard text.contains(",") || text.contains("\""), case .string = value else {
                    return text
                }
                return "\"" + TextTemplate.filling(text, "\"", with: "\\\"") + "\""
            }.joined(separator: ",")
        case .document(let document):
            text = Base64.encode(JSONWriter.write(document))
        default: text = ScalarText.text(value, member.traits, .rfc822)
        }
        request.headers.append((member.wireName, Self.line(text)))
    }

    /// A header's value cannot have more than one line.
    private static func line(_ text: String) -> String {
        String(decoding: text.utf8.map { $0 < 0x20 && $0 != 0x09 ? 0x20 : $0 }, as: UTF8.self)
    }

    private func write(body: [Member], to request: inout WireRequest) {
        let isJSON = model.metadata.wireProtocol == .restJSON
        if let payload = structure.payloadMember {
            guard let (member, value) = body.first(where: { $0.member.name == payload.name }) else {
                if isJSON, case .structure = model.shape(payload) {
                    setBody(Array("{}".utf8), "application/json", &request)
                }
                return
            }
            switch value {
            case .blob(let bytes): request.body = bytes
            case .string(let text): request.body = Array(text.utf8)
            default: setStructured(value, member, &request)
            }
            return
        }
        if !body.isEmpty {
            guard let input = operation.input else { return }
            setStructured(.structure(body), input, &request)
        } else if isJSON, structure.members.contains(where: { $0.traits.location == nil }) {
            setBody(Array("{}".utf8), "application/json", &request)
        }
    }

    private func setStructured(
        _ value: WireValue,
        _ member: MemberShape,
        _ request: inout WireRequest
    ) {
        if model.metadata.wireProtocol == .restJSON {
            let json = JSONWireFormat.value(value, member.traits)
            setBody(JSONWriter.write(json), "application/json", &request)
        } else {
            let name =
                member.traits.locationName ?? (member.name.isEmpty ? member.shape : member.name)
            setBody(XMLRequestWriter.write(value, member, named: name), "application/xml", &request)
        }
    }

    private func setBody(_ body: [UInt8], _ type: String, _ request: inout WireRequest) {
        request.body = body
        if request.header("content-type") == nil { request.headers.append(("Content-Type", type)) }
    }
}
