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
