import StepwellJSON

/// The members of a result that are in an answer's headers and status.
struct HeaderAnswerFormat {
    let model: ServiceModel

    /// The members that are there; maps of headers always are.
    func members(_ answer: OutgoingAnswer, of structure: StructureShape) -> JSONObject {
        var members = JSONObject()
        for member in structure.members {
            switch member.traits.location {
            case .header:
                guard let text = answer.header(member.wireName) else { continue }
                members[member.sdkName] = value(text, member)
            case .headers: members[member.sdkName] = .object(map(answer, member.wireName))
            case .statusCode:
                members[member.sdkName] = .number(JSONNumber(Int64(answer.status)))
            case .uri, .querystring, nil: continue
            }
        }
        return members
    }

    private func map(_ answer: OutgoingAnswer, _ prefix: String) -> JSONObject {
        var entries = JSONObject()
        let prefix = prefix.lowercased()
        for (name, value) in answer.headers {
            let name = name.lowercased()
            guard name.utf8.starts(with: prefix.utf8) else { continue }
            let key = String(decoding: name.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
            entries[key] = .string(value)
        }
        return entries
    }

    private func value(_ text: String, _ member: MemberShape) -> JSONValue {
        if member.traits.isJSON {
            return Base64.decode(text).flatMap { try? JSONParser.parse($0) } ?? .string(text)
        }
        switch model.shape(member) {
        case .boolean: return .bool(text.lowercased() == "true")
        case .integer, .float, .double:
            guard let number = try? JSONParser.parse(text), case .number = number else {
                return .string(text)
            }
            return number
        case .timestamp:
            return .string(TimestampText.parse(text).map { TimestampText.iso8601($0) } ?? text)
        case .list(let element):
            let parts = text.split(separator: ",").map { part in
                String(part.drop { $0 == " " })
            }
            return .array(parts.map { value($0, element) })
        case .string, .blob, .structure, .map: return .string(text)
        }
    }
}
