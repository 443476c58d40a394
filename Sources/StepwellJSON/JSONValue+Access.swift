extension JSONValue {
    /// Parses JSON text.
    ///
    /// - Parameter text: one JSON value, with white space around it at most.
    /// - Throws: `JSONParseError`, which says what is wrong and where.
    public init(parsing text: String) throws(JSONParseError) {
        self = try JSONParser.parse(text)
    }

    /// The string, or `nil` when the value is none.
    public var stringValue: String? {
        guard case .string(let text) = self else {
            return nil
        }
        return text
    }

    /// The number as an integer, or `nil` when the value is no number, not integral or out of
    /// range; `1.0` and `1e0` are integral.
    public var intValue: Int? {
        guard case .number(let number) = self else {
            return nil
        }
        return number.integer.flatMap(Int.init(exactly:))
    }

    /// The number as the nearest double (infinite when out of range), or `nil` when the value is no
    /// number.
    public var doubleValue: Double? {
        guard case .number(let number) = self else {
            return nil
        }
        return number.double
    }

    /// The truth value, or `nil` when the value is none.
    public var boolValue: Bool? {
        guard case .bool(let flag) = self else {
            return nil
        }
        return flag
    }

    /// The elements, or `nil` when the value is no array.
    public var arrayValue: [JSONValue]? {
        guard case .array(let elements) = self else {
            return nil
        }
        return elements
    }

    /// The members, or `nil` when the value is no object.
    public var objectValue: JSONObject? {
        guard case .object(let object) = self else {
            return nil
        }
        return object
    }

    /// Whether the value is `null`.
    public var isNull: Bool {
        guard case .null = self else {
            return false
        }
        return true
    }

    /// The value of a member, or `nil` when the value is no object or has no such member.
    public subscript(key: String) -> JSONValue? {
        guard case .object(let object) = self else {
            return nil
        }
        return object[key]
    }

    /// The element at an index from 0, or `nil` when the value is no array or has no such element.
    public subscript(index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else {
            return nil
        }
        return elements[index]
    }
}
