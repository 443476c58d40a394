/// Why a text is not JSON, and where.
public struct JSONParseError: Error, Sendable, Equatable {
    /// What is wrong, as a short sentence ("unexpected character ']', expected a value").
    public let reason: String
    /// The byte where the problem was seen, from 0.
    public let offset: Int
    /// The line of that byte, from 1.
    public let line: Int
    /// The column of that byte, in characters from 1.
    public let column: Int

    package init(reason: String, offset: Int, line: Int, column: Int) {
        self.reason = reason
        self.offset = offset
        self.line = line
        self.column = column
    }
}
