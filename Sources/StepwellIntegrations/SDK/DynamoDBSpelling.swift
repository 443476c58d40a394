import StepwellJSON

/// DynamoDB's values as SDK integrations spell them: after the members that the AWS SDK for Java 2
/// has for them, `Bool`, `Nul`, `Ns`, where the service itself has `BOOL`, `NULL`, `NS`.
///
/// A value is told from a map of values by what is in it: the members of a map are objects.
enum DynamoDBSpelling {
    private static let names = [
        (service: "BOOL", sdk: "Bool"), (service: "NULL", sdk: "Nul"), (service: "SS", sdk: "Ss"),
        (service: "NS", sdk: "Ns"), (service: "BS", sdk: "Bs"),
    ]

    /// Whether a service's parameters and results have such values.
    static func isSpoken(by service: String) -> Bool {
        ["dynamodb", "dynamodbstreams"].contains(service)
    }

    /// Parameters as the service spells them; its own spelling is left as it is.
    static func request(_ members: JSONObject) -> JSONObject {
        renaming(members) { name in names.first { $0.sdk == name }?.service }
    }

    /// A result as SDK integrations spell it.
    static func answer(_ members: JSONObject) -> JSONObject {
        renaming(members) { name in names.first { $0.service == name }?.sdk }
    }

    private static func renaming(
        _ members: JSONObject,
        _ name: (String) -> String?
    ) -> JSONObject {
        if members.count == 1, let key = members.keys.first, let other = name(key),
            let value = members[key]
        {
            switch value {
            case .bool, .string, .number, .null: return [other: value]
            case .array(let elements) where elements.allSatisfy({ $0.objectValue == nil }):
                return [other: value]
            case .array, .object: break
            }
        }
        return JSONObject(members.map { ($0.key, renaming($0.value, name)) })
    }

    private static func renaming(_ value: JSONValue, _ name: (String) -> String?) -> JSONValue {
        switch value {
        case .object(let members): .object(renaming(members, name))
        case .array(let elements): .array(elements.map { renaming($0, name) })
        case .null, .bool, .number, .string: value
        }
    }
}
