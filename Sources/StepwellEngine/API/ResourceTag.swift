/// A tag of a state machine or activity.
package struct ResourceTag: Sendable, Hashable {
    /// At most 128 characters.
    package var key: String
    /// At most 256 characters.
    package var value: String

    package init(key: String, value: String) {
        self.key = key
        self.value = value
    }
}

extension [ResourceTag] {
    /// Adds tags; of a key that is there already, or given twice, the last value counts.
    package mutating func put(_ tags: [ResourceTag]) {
        for tag in tags {
            if let place = firstIndex(where: { $0.key.utf8.elementsEqual(tag.key.utf8) }) {
                self[place].value = tag.value
            } else {
                append(tag)
            }
        }
    }

    /// Takes the tags with these keys away.
    package mutating func remove(_ keys: [String]) {
        removeAll { tag in keys.contains { $0.utf8.elementsEqual(tag.key.utf8) } }
    }
}
