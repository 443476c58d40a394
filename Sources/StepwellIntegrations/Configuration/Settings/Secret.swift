/// A text that is never shown: printed, interpolated or reflected it says only that it is there.
package struct Secret: Sendable, Hashable {
    private let text: String

    /// A secret of a text.
    package init(_ text: String) {
        self.text = text
    }

    /// The text itself, for whoever has to send it; not for logs, errors or the store.
    package func reveal() -> String { text }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "(secret)" }

    package var debugDescription: String { description }

    package var customMirror: Mirror { Mirror(self, children: []) }
}
