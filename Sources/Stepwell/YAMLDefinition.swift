import StepwellJSON
import Yams

/// A definition written in YAML: the JSON that it stands for, and where each part is written.
///
/// Plain scalars are read by the core schema of YAML 1.2, so that `yes` and `on` are strings.
package struct YAMLDefinition: Sendable {
    /// The definition as JSON; members keep their order.
    package let value: JSONValue
    /// The places by JSON pointer, as bytes.
    private let marks: [[UInt8]: Mark]

    /// Reads YAML text.
    ///
    /// - Parameters:
    ///   - text: The YAML.
    ///   - substitutions: The values of `${Name}` placeholders. Filled in, a plain scalar is read
    ///     like one that was written so: `${Seconds}` may become a number.
    ///   - keepsText: Whether a number that JSON would write otherwise (`007`) stays a text.
    ///   - tags: What becomes of tags.
    /// - Throws: `YAMLDefinitionError` with the place of the first problem.
    package init(
        parsing text: String,
        substitutions: [String: String] = [:],
        keepsText: Bool = false,
        tags: YAMLTags = .refused
    ) throws(YAMLDefinitionError) {
        var reader = YAMLReader(
            substitutions: substitutions,
            keepsText: keepsText,
            tags: tags
        )
        value = try reader.read(text)
        marks = reader.marks
    }

    /// The definition as JSON text.
    package var json: [UInt8] { JSONWriter.write(value) }

    /// The line and column (both from 1) of what a JSON pointer (RFC 6901) leads to: the key of a
    /// member, the beginning of an item; where it leads nowhere, the nearest place around it.
    package func position(of pointer: String) -> (line: Int, column: Int) {
        var bytes = Array(pointer.utf8)
        while true {
            if let mark = marks[bytes] { return (mark.line, mark.column) }
            guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return (1, 1) }
            bytes.removeSubrange(slash...)
        }
    }
}
