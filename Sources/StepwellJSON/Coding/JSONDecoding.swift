/// The decoder of one value.
struct JSONDecoding: Decoder {
    let value: JSONValue
    let codingPath: [any CodingKey]
    let info: [CodingUserInfoKey: any Sendable]
    let rules: JSONCodingRules?

    init(
        value: JSONValue,
        codingPath: [any CodingKey],
        userInfo: [CodingUserInfoKey: any Sendable],
        rules: JSONCodingRules?
    ) {
        self.value = value
        self.codingPath = codingPath
        info = userInfo
        self.rules = rules
    }

    var userInfo: [CodingUserInfoKey: Any] { info }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let object) = value else {
            throw mismatch([String: JSONValue].self, "an object")
        }
        return KeyedDecodingContainer(JSONKeyedDecoding(decoding: self, object: object))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = value else {
            throw mismatch([JSONValue].self, "an array")
        }
        return JSONUnkeyedDecoding(decoding: self, elements: elements)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer {
        self
    }

    /// The decoder of a member or element.
    func inner(_ value: JSONValue, _ key: some CodingKey) -> JSONDecoding {
        JSONDecoding(value: value, codingPath: codingPath + [key], userInfo: info, rules: rules)
    }

    /// The error of a value that is not `expected`.
    func mismatch(_ type: any Any.Type, _ expected: String) -> DecodingError {
        let context = DecodingError.Context(
            codingPath: codingPath,
            debugDescription: "expected \(expected), found \(found)"
        )
        return value.isNull ? .valueNotFound(type, context) : .typeMismatch(type, context)
    }

    private var found: String {
        switch value {
        case .null: "null"
        case .bool: "a truth value"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension JSONDecoding: SingleValueDecodingContainer {
    func decodeNil() -> Bool { value.isNull }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard let flag = value.boolValue else {
            throw mismatch(type, "a truth value")
        }
        return flag
    }

    func decode(_ type: String.Type) throws -> String {
        guard let text = value.stringValue else {
            throw mismatch(type, "a string")
        }
        return text
    }

    func decode(_ type: Double.Type) throws -> Double { try decode(floating: type) }

    /// A float is read from the digits, since going through a double would round twice.
    func decode(_ type: Float.Type) throws -> Float { try decode(floating: type) }

    func decode(_ type: Int.Type) throws -> Int { try decode(integer: type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try decode(integer: type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try decode(integer: type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try decode(integer: type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try decode(integer: type) }
    func decode(_ type: Int128.Type) throws -> Int128 { try decode(integer: type) }
    func decode(_ type: UInt.Type) throws -> UInt { try decode(integer: type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try decode(integer: type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try decode(integer: type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try decode(integer: type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try decode(integer: type) }
    func decode(_ type: UInt128.Type) throws -> UInt128 { try decode(integer: type) }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if let json = value as? Value {
            return json
        }
        if let rules, let read = try rules.decode(type, value, codingPath), let own = read as? Value
        {
            return own
        }
        return try Value(from: self)
    }

    private func decode<Value: FixedWidthInteger>(integer type: Value.Type) throws -> Value {
        guard case .number(let number) = value else {
            throw mismatch(type, "a number")
        }
        guard let integer = number.exact(type) else {
            throw unrepresentable(number, type)
        }
        return integer
    }

    private func decode<Value: BinaryFloatingPoint & LosslessStringConvertible>(
        floating type: Value.Type
    ) throws -> Value {
        guard case .number(let number) = value else {
            throw mismatch(type, "a number")
        }
        guard let floating = Value(number.text), floating.isFinite else {
            throw unrepresentable(number, type)
        }
        return floating
    }

    private func unrepresentable(_ number: JSONNumber, _ type: any Any.Type) -> DecodingError {
        .dataCorrupted(
            .init(codingPath: codingPath, debugDescription: "\(number.text) does not fit \(type)")
        )
    }
}
