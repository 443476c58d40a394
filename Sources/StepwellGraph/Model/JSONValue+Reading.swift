import StepwellJSON

/// What a value is when it is of the kind that is asked for.
extension JSONValue {
    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    var members: JSONObject? {
        if case .object(let members) = self { members } else { nil }
    }

    var items: [JSONValue]? {
        if case .array(let items) = self { items } else { nil }
    }
}

extension JSONObject {
    /// Whether `QueryLanguage` says JSONata; nil where it says nothing.
    var isJSONata: Bool? {
        self["QueryLanguage"]?.text.map { $0 == "JSONata" }
    }
}
