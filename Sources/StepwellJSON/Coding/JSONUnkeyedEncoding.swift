/// Encodes the elements of an array.
struct JSONUnkeyedEncoding: UnkeyedEncodingContainer {
    let encoding: JSONEncoding

    var codingPath: [any CodingKey] { encoding.codingPath }
    var count: Int { encoding.slot.count }

    func encodeNil() throws { element().encodeNil() }
    func encode(_ value: Bool) throws { element().encode(value) }
    func encode(_ value: String) throws { element().encode(value) }
    func encode<Value: Encodable>(_ value: Value) throws { try element().encode(value) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy keyType: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
        element().container(keyedBy: keyType)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        element().unkeyedContainer()
    }

    func superEncoder() -> any Encoder { element() }

    private func element() -> JSONEncoding {
        let key = JSONCodingKey(intValue: count)
        return encoding.inner(encoding.slot.appendElement(), key)
    }
}
