import StepwellJSON

/// Holds a mocked result against the shape of an API's answer, with AWS's messages.
struct MockResultCheck {
    let table: MockShapes
    /// Whether required fields have to be there.
    let isStrict: Bool
    /// Fields that may hold anything.
    let parsedFields: [String]

    /// Throws `ValidationException`; fields that the API does not know are allowed.
    func check(
        _ value: JSONValue,
        _ type: MockShapes.FieldType,
        field: String?
    ) throws(ServiceError) {
        switch (type, value) {
        case (.anything, _), (.string, .string), (.boolean, .bool): return
        case (.string, _): throw mismatch(field, "a string")
        case (.boolean, _): throw mismatch(field, "a boolean")
        case (.enumeration(let values), .string(let text)):
            guard values.contains(text) else { throw problem(field, "is not an expected value") }
        case (.enumeration, _): throw mismatch(field, "a string")
        case (.number(let low, let high), .number(let number)):
            if let low, number.double < low {
                throw problem(field, "is less than the minimum value")
            }
            if let high, number.double > high { throw problem(field, "exceeds the maximum value") }
        case (.number, _): throw mismatch(field, "a number")
        case (.list(let element), .array(let items)):
            for item in items { try check(item, element, field: field) }
        case (.list, _): throw mismatch(field, "an array")
        case (.map(let type), .object(let members)):
            for (key, value) in members { try check(value, type, field: key) }
        case (.structure(let name), .object(let members)):
            try check(members, table.structures[name] ?? [])
        case (.map, _), (.structure, _): throw mismatch(field, "an object")
        }
    }

    private func check(
        _ members: JSONObject,
        _ fields: [MockShapes.Field]
    ) throws(ServiceError) {
        if isStrict, let missing = fields.first(where: { $0.isRequired && members[$0.name] == nil })
        {
            throw Self.invalid("Required field '\(missing.name)' is missing")
        }
        for (key, value) in members {
            guard let field = fields.first(where: { $0.name.utf8.elementsEqual(key.utf8) }) else {
                continue
            }
            let isParsed = parsedFields.contains { $0.utf8.elementsEqual(key.utf8) }
            try check(value, isParsed ? .anything : field.type, field: field.name)
        }
    }

    private func mismatch(_ field: String?, _ expected: String) -> ServiceError {
        problem(field, "must be \(expected)")
    }

    private func problem(_ field: String?, _ problem: String) -> ServiceError {
        guard let field else { return Self.invalid("The result \(problem)") }
        return Self.invalid("Field '\(field)' \(problem)")
    }

    private static func invalid(_ detail: String) -> ServiceError {
        .validation("Mock result schema validation error: \(detail)")
    }
}
