import StepwellJSON

/// Results as the JSON protocols write them.
struct JSONAnswerFormat {
    let model: ServiceModel

    /// The members of a structure that are there and in the body.
    func members(_ value: JSONValue, of structure: StructureShape) -> JSONObject {
        var members = JSONObject()
        for member in structure.members where member.traits.location == nil {
            guard let found = value[member.wireName], !found.isNull else { continue }
            members[member.sdkName] = self.value(found, member)
        }
        return members
    }

    /// A value by its shape; what does not fit stays as it is.
    func value(_ value: JSONValue, _ member: MemberShape) -> JSONValue {
        switch (model.shape(member), value) {
        case (.structure(let structure), .object):
            structure.isDocument ? value : .object(members(value, of: structure))
        case (.list(let element), .array(let values)):
            .array(values.map { self.value($0, element) })
        case (.map(_, let element), .object(let entries)):
            .object(JSONObject(entries.map { ($0.key, self.value($0.value, element)) }))
        case (.timestamp, .number(let number)):
            TimestampText.timestamp(seconds: number.double)
                .map { .string(TimestampText.iso8601($0)) } ?? value
        case (.timestamp, .string(let text)):
            TimestampText.parse(text).map { .string(TimestampText.iso8601($0)) } ?? value
        default: value
        }
    }
}
