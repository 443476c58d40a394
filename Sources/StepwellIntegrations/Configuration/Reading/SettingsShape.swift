/// What a place of a settings file may hold.
package indirect enum SettingsShape: Sendable {
    /// `true` or `false`.
    case flag
    case whole(ClosedRange<Int>)
    case number(ClosedRange<Double>)
    /// A text; a number stands for what is written.
    case text
    case choice([String])
    /// The path of a file, from the settings file's directory on.
    case path
    /// The path of a directory that is there.
    case directory
    /// A value that is not written here: `{env: NAME}` or `{file: PATH}`.
    case secret
    /// A text, or a secret.
    case value
    case list(SettingsShape)
    /// Members whose names are free; what a name stands for.
    case named(String, SettingsShape)
    case members([SettingsKey])
    /// One of some words, or something else.
    case words([String], SettingsShape)
    /// A text, or something else.
    case textOr(SettingsShape)
    /// A list, or something else.
    case listOr(SettingsShape, SettingsShape)
    /// Whatever JSON there is.
    case anything
}

/// A member of a settings file: its name, what it may hold, and what it means.
package struct SettingsKey: Sendable {
    package let name: String
    package let shape: SettingsShape
    /// Whether what holds it cannot do without.
    package let isRequired: Bool
    /// One line, for the reference.
    package let meaning: String

    package init(
        _ name: String,
        _ shape: SettingsShape,
        isRequired: Bool = false,
        _ meaning: String
    ) {
        self.name = name
        self.shape = shape
        self.isRequired = isRequired
        self.meaning = meaning
    }
}
