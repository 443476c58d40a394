import StepwellJSON

/// Results as rpc-v2-cbor writes them.
struct CBORAnswerFormat {
    let model: ServiceModel

    /// The members of a structure that are there.
    func members(_ value: CBORValue, of structure: StructureShape) -> JSONObject {
        var members = JSONObject()
        guard case .map(let entries) = value else { return members }
        for member in structure.members {
            let name = member.wireName
            guard let entry = entries.first(where: { $0.key == name }) else { continue }
            if case .null = entry.value { continue }
            members[member.sdkName] = self.value(entry.value, member)
        }
        return members
    }

    private func value(_ value: CBORValue, _ member: MemberShape) -> JSONValue {
        switch (model.shape(member), value) {
        case (.structure(let structure), .map): .object(members(value, of: structure))
        case (.list(let element), .array(let values)):
            .array(values.map { self.value($0, element) })
        case (.map(_, let element), .map(let entries)):
            .object(JSONObject(entries.map { ($0.key, self.value($0.value, element)) }))
        case (.timestamp, .tagged(_, let seconds)), (.timestamp, let seconds):
            time(seconds)
        default: Self.plain(value)
        }
    }

    private func time(_ value: CBORValue) -> JSONValue {
        let seconds: Double? =
            switch value {
            case .integer(let seconds): Double(seconds)
            case .double(let seconds): seconds
            default: nil
            }
        let time = seconds.flatMap { TimestampText.timestamp(seconds: $0) }
        return time.map { .string(TimestampText.iso8601($0)) } ?? Self.plain(value)
    }

    /// A value without a shape; also what an error holds.
    static func plain(_ value: CBORValue) -> JSONValue {
        switch value {
        case .integer(let integer): .number(JSONNumber(integer))
        case .double(let double):
            JSONNumber(finite: double).map { .number($0) }
                ?? .string(double.isNaN ? "NaN" : double > 0 ? "Infinity" : "-Infinity")
        case .bool(let flag): .bool(flag)
        case .null: .null
        case .text(let text): .string(text)
        case .bytes(let bytes): .string(Base64.encode(bytes))
        case .array(let values): .array(values.map { plain($0) })
        case .map(let entries): .object(JSONObject(entries.map { ($0.key, plain($0.value)) }))
        case .tagged(_, let value): plain(value)
        }
    }
}
