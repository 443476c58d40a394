import StepwellJSON

/// A part of a settings file whose shape was checked.
struct SettingsNode {
    let value: JSONValue
    let place: JSONPointer

    /// A member; nil when it is not written, or null.
    subscript(_ name: String) -> SettingsNode? {
        guard let member = value[name], !member.isNull else { return nil }
        return SettingsNode(value: member, place: place.appending(name))
    }

    /// The members in the order in which they are written.
    var members: [(name: String, node: SettingsNode)] {
        (value.objectValue ?? JSONObject()).map {
            ($0.key, SettingsNode(value: $0.value, place: place.appending($0.key)))
        }
    }

    /// The elements of a list.
    var items: [SettingsNode] {
        (value.arrayValue ?? []).enumerated().map {
            SettingsNode(value: $0.element, place: place.appending($0.offset))
        }
    }

    /// The text, or the number as it is written.
    var text: String? { value.writtenText }

    /// A list of texts.
    var texts: [String] { items.compactMap(\.text) }

    var flag: Bool? { value.boolValue }

    var whole: Int? { value.intValue }

    var number: Double? { value.doubleValue }

    /// A number of seconds.
    var seconds: Duration? { value.doubleValue.map { .milliseconds(Int64($0 * 1_000)) } }
}
