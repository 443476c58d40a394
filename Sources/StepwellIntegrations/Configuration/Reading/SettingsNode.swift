package import StepwellJSON

/// A part of a settings file whose shape was checked.
package struct SettingsNode: Sendable {
    package let value: JSONValue
    package let place: JSONPointer

    /// A part at a place of its document.
    package init(value: JSONValue, place: JSONPointer) {
        self.value = value
        self.place = place
    }

    /// A member; nil when it is not written, or null.
    package subscript(_ name: String) -> SettingsNode? {
        guard let member = value[name], !member.isNull else { return nil }
        return SettingsNode(value: member, place: place.appending(name))
    }

    /// The members in the order in which they are written.
    package var members: [(name: String, node: SettingsNode)] {
        (value.objectValue ?? JSONObject()).map {
            ($0.key, SettingsNode(value: $0.value, place: place.appending($0.key)))
        }
    }

    /// The elements of a list.
    package var items: [SettingsNode] {
        (value.arrayValue ?? []).enumerated().map {
            SettingsNode(value: $0.element, place: place.appending($0.offset))
        }
    }

    /// The text, or the number as it is written.
    package var text: String? { value.writtenText }

    /// A list of texts.
    package var texts: [String] { items.compactMap(\.text) }

    package var flag: Bool? { value.boolValue }

    package var whole: Int? { value.intValue }

    package var number: Double? { value.doubleValue }

    /// A number of seconds.
    package var seconds: Duration? { value.doubleValue.map { .milliseconds(Int64($0 * 1_000)) } }
}
