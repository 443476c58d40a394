/// Encodes any `Encodable` as a JSON value, without a text in between.
///
/// Members keep the order in which they are encoded. A `Double` that is infinite or not a number
/// is refused, as JSON has no such number.
public struct JSONValueEncoder: Sendable {
    /// What the encoded values can look up in their encoder.
    public var userInfo: [CodingUserInfoKey: any Sendable] = [:]
    /// What holds for some types; nil where all of them do it themselves.
    package var rules: JSONCodingRules?

    /// An encoder.
    public init() {}

    /// Encodes a value.
    ///
    /// - Parameter value: what is encoded; one that encodes nothing becomes an empty object.
    /// - Returns: the JSON value.
    /// - Throws: `EncodingError` for what JSON cannot say, and what `value` itself throws.
    public func encode(_ value: some Encodable) throws -> JSONValue {
        let slot = JSONSlot()
        try JSONEncoding(slot: slot, codingPath: [], userInfo: userInfo, rules: rules)
            .encode(value)
        return slot.finished
    }
}
