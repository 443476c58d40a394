/// The encoder of one value into its slot.
struct JSONEncoding: Encoder {
    let slot: JSONSlot
    let codingPath: [any CodingKey]
    let info: [CodingUserInfoKey: any Sendable]
    let rules: JSONCodingRules?

    init(
        slot: JSONSlot,
        codingPath: [any CodingKey],
        userInfo: [CodingUserInfoKey: any Sendable],
        rules: JSONCodingRules?
    ) {
        self.slot = slot
        self.codingPath = codingPath
        info = userInfo
        self.rules = rules
    }

    var userInfo: [CodingUserInfoKey: Any] { info }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        slot.becomeObject()
        return KeyedEncodingContainer(JSONKeyedEncoding(encoding: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        slot.becomeArray()
        return JSONUnkeyedEncoding(encoding: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        self
    }

    /// The encoder of a member or element.
    func inner(_ slot: JSONSlot, _ key: some CodingKey) -> JSONEncoding {
        JSONEncoding(slot: slot, codingPath: codingPath + [key], userInfo: info, rules: rules)
    }
}

extension JSONEncoding: SingleValueEncodingContainer {
    func encodeNil() {
        slot.set(.null)
    }

    func encode(_ value: Bool) {
        slot.set(.bool(value))
    }

    func encode(_ value: String) {
        slot.set(.string(value))
    }

    func encode(_ value: Double) throws {
        guard let number = JSONNumber(finite: value) else {
            throw unencodable(value)
        }
        slot.set(.number(number))
    }

    /// A float is written with its own shortest digits, not those of the double next to it.
    func encode(_ value: Float) throws {
        guard value.isFinite else {
            throw unencodable(value)
        }
        slot.set(.number(JSONNumber(validLiteral: value.description)))
    }

    func encode(_ value: Int) { encode(integer: value) }
    func encode(_ value: Int8) { encode(integer: value) }
    func encode(_ value: Int16) { encode(integer: value) }
    func encode(_ value: Int32) { encode(integer: value) }
    func encode(_ value: Int64) { encode(integer: value) }
    func encode(_ value: Int128) { encode(integer: value) }
    func encode(_ value: UInt) { encode(integer: value) }
    func encode(_ value: UInt8) { encode(integer: value) }
    func encode(_ value: UInt16) { encode(integer: value) }
    func encode(_ value: UInt32) { encode(integer: value) }
    func encode(_ value: UInt64) { encode(integer: value) }
    func encode(_ value: UInt128) { encode(integer: value) }

    func encode<Value: Encodable>(_ value: Value) throws {
        if let json = value as? JSONValue {
            slot.set(json)
        } else if let json = try rules?.encode(value, codingPath) {
            slot.set(json)
        } else {
            try value.encode(to: self)
        }
    }

    /// An integer of any width, exact.
    private func encode(integer value: some BinaryInteger) {
        slot.set(.number(JSONNumber(exactly: value)))
    }

    private func unencodable(_ value: some BinaryFloatingPoint) -> EncodingError {
        .invalidValue(
            value,
            .init(codingPath: codingPath, debugDescription: "JSON has no number for \(value)")
        )
    }
}
