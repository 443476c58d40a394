package import StepwellJSON

/// A settings file that was read: its value, and where each part of it is written.
package struct SettingsDocument: Sendable {
    /// The file, as it was named.
    package let name: String
    /// The directory that relative paths start from, absolute.
    package let directory: String
    package let value: JSONValue
    private let place: @Sendable (String) -> (line: Int, column: Int)

    /// A document; `position` tells line and column, from 1, of what a JSON pointer leads to.
    package init(
        name: String,
        directory: String,
        value: JSONValue,
        position: @escaping @Sendable (String) -> (line: Int, column: Int)
    ) {
        self.name = name
        self.directory = directory
        self.value = value
        place = position
    }

    /// A problem of what a pointer leads to.
    package func problem(_ message: String, at pointer: JSONPointer) -> SettingsProblem {
        let (line, column) = place(pointer.description)
        return SettingsProblem(file: name, line: line, column: column, message: message)
    }
}
