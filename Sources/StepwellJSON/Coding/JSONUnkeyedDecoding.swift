/// Decodes the elements of an array.
struct JSONUnkeyedDecoding: UnkeyedDecodingContainer {
    let decoding: JSONDecoding
    let elements: [JSONValue]
    private(set) var currentIndex = 0

    init(decoding: JSONDecoding, elements: [JSONValue]) {
        self.decoding = decoding
        self.elements = elements
    }

    var codingPath: [any CodingKey] { decoding.codingPath }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    /// Steps over the element only when it is `null`, as the protocol asks.
    mutating func decodeNil() throws -> Bool {
        guard try element().decodeNil() else {
            return false
        }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try advance { (decoding) in try decoding.decode(type) }
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try advance { (decoding) in try decoding.container(keyedBy: type) }
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try advance { (decoding) in try decoding.unkeyedContainer() }
    }

    mutating func superDecoder() throws -> any Decoder {
        try advance { (decoding) in decoding }
    }

    /// Steps over the element when `body` could make something of it.
    private mutating func advance<Value>(
        _ body: (JSONDecoding) throws -> Value
    ) throws -> Value {
        let value = try body(element())
        currentIndex += 1
        return value
    }

    private func element() throws -> JSONDecoding {
        let key = JSONCodingKey(intValue: currentIndex)
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                JSONValue.self,
                .init(
                    codingPath: codingPath + [key],
                    debugDescription: "the array has only \(elements.count) elements"
                )
            )
        }
        return decoding.inner(elements[currentIndex], key)
    }
}
