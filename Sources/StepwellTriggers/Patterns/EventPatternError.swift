/// What is wrong with an event pattern, in EventBridge's words.
package struct EventPatternError: Error, Sendable, Hashable {
    /// What is wrong; where the pattern's reader found it, that too, in the form of EventBridge's.
    package let reason: String

    package init(reason: String) {
        self.reason = reason
    }
}
