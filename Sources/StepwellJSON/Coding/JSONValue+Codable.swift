extension JSONValue: Codable {
    /// Decodes the value from any decoder.
    ///
    /// From `JSONValueDecoder` it comes unchanged; other decoders do not tell the order of members
    /// or how a number was written.
    ///
    /// - Parameter decoder: where it comes from.
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        if let decoding = decoder as? JSONDecoding {
            self = decoding.value
        } else if let container = try? decoder.container(keyedBy: JSONCodingKey.self) {
            self = .object(
                JSONObject(
                    try container.allKeys.map { key in
                        (key.stringValue, try container.decode(JSONValue.self, forKey: key))
                    }
                )
            )
        } else if var container = try? decoder.unkeyedContainer() {
            var elements: [JSONValue] = []
            while !container.isAtEnd {
                elements.append(try container.decode(JSONValue.self))
            }
            self = .array(elements)
        } else {
            try self.init(scalar: try decoder.singleValueContainer())
        }
    }

    private init(scalar container: any SingleValueDecodingContainer) throws {
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .bool(flag)
        } else if let integer = try? container.decode(Int64.self) {
            self = .number(JSONNumber(integer))
        } else if let double = try? container.decode(Double.self),
            let number = JSONNumber(finite: double)
        {
            self = .number(number)
        } else {
            self = .string(try container.decode(String.self))
        }
    }

    /// Encodes the value to any encoder; `JSONValueEncoder` takes it unchanged.
    ///
    /// - Parameter encoder: where it goes.
    /// - Throws: `EncodingError`, for one when a number is beyond what the encoder can be told.
    public func encode(to encoder: any Encoder) throws {
        if let encoding = encoder as? JSONEncoding {
            encoding.slot.set(self)
            return
        }
        switch self {
        case .array(let elements):
            var container = encoder.unkeyedContainer()
            for element in elements {
                try container.encode(element)
            }
        case .object(let object):
            var container = encoder.container(keyedBy: JSONCodingKey.self)
            for member in object {
                try container.encode(member.value, forKey: JSONCodingKey(stringValue: member.key))
            }
        default:
            var container = encoder.singleValueContainer()
            try encode(scalarTo: &container)
        }
    }

    private func encode(scalarTo container: inout any SingleValueEncodingContainer) throws {
        switch self {
        case .bool(let flag): try container.encode(flag)
        case .string(let text): try container.encode(text)
        case .number(let number):
            if let integer = number.integer {
                try container.encode(integer)
            } else {
                try container.encode(number.double)
            }
        default: try container.encodeNil()
        }
    }
}

extension JSONObject: Codable {
    /// Decodes an object from any decoder.
    ///
    /// - Parameter decoder: where it comes from.
    /// - Throws: `DecodingError` for what is no object.
    public init(from decoder: any Decoder) throws {
        guard case .object(let object) = try JSONValue(from: decoder) else {
            throw DecodingError.typeMismatch(
                JSONObject.self,
                .init(codingPath: decoder.codingPath, debugDescription: "expected an object")
            )
        }
        self = object
    }

    /// Encodes the object to any encoder.
    ///
    /// - Parameter encoder: where it goes.
    /// - Throws: `EncodingError`.
    public func encode(to encoder: any Encoder) throws {
        try JSONValue.object(self).encode(to: encoder)
    }
}
