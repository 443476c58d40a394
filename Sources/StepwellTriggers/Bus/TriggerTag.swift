package import StepwellJSON

/// A tag of a rule, bus or schedule group.
package struct TriggerTag: Sendable, Hashable {
    package let key: String
    package let value: String

    package init(key: String, value: String) {
        self.key = key
        self.value = value
    }

    /// Tags as the API writes them.
    package static func json(_ tags: [TriggerTag]) -> JSONValue {
        .array(tags.map { ["Key": .string($0.key), "Value": .string($0.value)] })
    }

    /// Reads what `json` wrote.
    package static func list(_ json: JSONValue?) -> [TriggerTag] {
        (json?.arrayValue ?? []).compactMap { tag in
            guard let key = tag["Key"]?.stringValue, let value = tag["Value"]?.stringValue else {
                return nil
            }
            return TriggerTag(key: key, value: value)
        }
    }

    /// Tags with others in the place of those with the same keys.
    package static func merge(_ others: [TriggerTag], into tags: [TriggerTag]) -> [TriggerTag] {
        tags.filter { tag in !others.contains { $0.key.utf8.elementsEqual(tag.key.utf8) } } + others
    }
}
