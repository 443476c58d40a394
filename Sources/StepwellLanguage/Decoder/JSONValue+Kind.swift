import StepwellJSON

extension JSONValue {
    var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    var array: [JSONValue]? {
        guard case .array(let items) = self else { return nil }
        return items
    }

    var object: JSONObject? {
        guard case .object(let object) = self else { return nil }
        return object
    }

    var number: JSONNumber? {
        guard case .number(let number) = self else { return nil }
        return number
    }

    var integer: Int64? { number?.integer }

    var flag: Bool? {
        guard case .bool(let flag) = self else { return nil }
        return flag
    }

    /// What the value is, with its article, for messages.
    var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
