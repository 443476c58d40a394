import StepwellJSON

/// The members of a request that was checked against its shape.
struct RequestFields {
    /// The members themselves.
    let members: JSONObject
    /// What opens and seals page tokens; nil in the structures within a request.
    let tokens: PageTokens?

    init(_ members: JSONObject, tokens: PageTokens? = nil) {
        self.members = members
        self.tokens = tokens
    }

    /// A member as it is, when it was given.
    func value(_ name: String) -> JSONValue? {
        guard let value = members[name], value != .null else { return nil }
        return value
    }

    /// A string that has to be there; the check before saw to it.
    func required(_ name: String) -> String {
        string(name) ?? ""
    }

    /// A string, when it was given.
    func string(_ name: String) -> String? {
        guard case .string(let text)? = members[name] else { return nil }
        return text
    }

    /// An integer, when it was given.
    func integer(_ name: String) -> Int? {
        guard case .number(let number)? = members[name] else { return nil }
        return number.integer.map { Int($0) }
    }

    /// A number, when it was given.
    func number(_ name: String) -> Double? {
        guard case .number(let number)? = members[name] else { return nil }
        return number.double
    }

    /// A truth value, when it was given.
    func boolean(_ name: String) -> Bool? {
        guard case .bool(let value)? = members[name] else { return nil }
        return value
    }

    /// A structure, when it was given.
    func structure(_ name: String) -> RequestFields? {
        guard case .object(let members)? = members[name] else { return nil }
        return RequestFields(members)
    }

    /// The strings of a list; none when it was not given.
    func strings(_ name: String) -> [String] {
        guard case .array(let values)? = members[name] else { return [] }
        return values.compactMap { value in
            guard case .string(let text) = value else { return nil }
            return text
        }
    }

    /// The structures of a list; none when it was not given.
    func structures(_ name: String) -> [RequestFields] {
        guard case .array(let values)? = members[name] else { return [] }
        return values.compactMap { value in
            guard case .object(let members) = value else { return nil }
            return RequestFields(members)
        }
    }
}
