import StepwellJSON

/// Single values as texts: in queries, headers, paths and XML.
enum ScalarText {
    /// The text of a value; of one that holds others its JSON.
    static func text(
        _ value: WireValue,
        _ traits: ShapeTraits?,
        _ format: ShapeTraits.TimestampFormat
    ) -> String {
        switch value {
        case .string(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .number(let number, _): number.text
        case .blob(let bytes): Base64.encode(bytes)
        case .timestamp(let time):
            TimestampText.text(time, traits?.timestampFormat, default: format)
        case .document(let document): JSONWriter.string(document)
        case .structure, .list, .map: JSONWriter.string(JSONWireFormat.value(value, traits))
        }
    }
}
