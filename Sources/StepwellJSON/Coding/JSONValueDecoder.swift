/// Decodes any `Decodable` from a JSON value, without a text in between.
///
/// An integer type takes any number that is integral and in its range (`1.0` too); nothing is
/// rounded or cut off in silence.
public struct JSONValueDecoder: Sendable {
    /// What the decoded types can look up in their decoder.
    public var userInfo: [CodingUserInfoKey: any Sendable] = [:]
    /// What holds for some types; nil where all of them do it themselves.
    package var rules: JSONCodingRules?

    /// A decoder.
    public init() {}

    /// Decodes a value.
    ///
    /// - Parameters:
    ///   - type: what to make of it.
    ///   - value: the JSON value.
    /// - Returns: the decoded value.
    /// - Throws: `DecodingError`, whose coding path names the part that does not fit, and what
    ///   `type` itself throws.
    public func decode<Value: Decodable>(
        _ type: Value.Type = Value.self,
        from value: JSONValue
    ) throws -> Value {
        try JSONDecoding(value: value, codingPath: [], userInfo: userInfo, rules: rules)
            .decode(type)
    }
}
