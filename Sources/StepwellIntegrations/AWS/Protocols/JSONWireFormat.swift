import StepwellJSON

/// Parameters as the JSON protocols write them.
enum JSONWireFormat {
    /// The JSON of a value; times are seconds after the epoch unless a trait says otherwise.
    static func value(_ value: WireValue, _ traits: ShapeTraits? = nil) -> JSONValue {
        switch value {
        case .structure(let members):
            .object(
                JSONObject(
                    members.map { ($0.member.wireName, self.value($0.value, $0.member.traits)) }
                )
            )
        case .list(let element, let values):
            .array(values.map { self.value($0, element.traits) })
        case .map(_, let element, let entries):
            .object(JSONObject(entries.map { ($0.key, self.value($0.value, element.traits)) }))
        case .string(let text): .string(text)
        case .bool(let flag): .bool(flag)
        case .number(let number, _): .number(number)
        case .blob(let bytes): .string(Base64.encode(bytes))
        case .timestamp(let time):
            switch traits?.timestampFormat ?? .unixTimestamp {
            case .unixTimestamp:
                (try? JSONParser.parse(TimestampText.unix(time))) ?? .null
            case .iso8601, .rfc822:
                .string(TimestampText.text(time, traits?.timestampFormat, default: .iso8601))
            }
        case .document(let document):
            traits?.isJSON ?? false ? .string(JSONWriter.string(document)) : document
        }
    }
}
