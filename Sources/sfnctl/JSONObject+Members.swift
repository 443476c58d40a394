import StepwellJSON

/// Members of answers and events, read without fuss: nil where there is none of the type.
extension JSONObject {
    /// An integer.
    func integer(_ key: String) -> Int64? {
        guard case .number(let number)? = self[key] else { return nil }
        return number.integer
    }

    /// A string.
    func text(_ key: String) -> String? { self[key]?.stringValue }

    /// A list; empty when there is none.
    func array(_ key: String) -> [JSONValue] { self[key]?.arrayValue ?? [] }

    /// The objects of a list.
    func objects(_ key: String) -> [JSONObject] { array(key).compactMap(\.objectValue) }
}
