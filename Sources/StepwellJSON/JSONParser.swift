/// Parses JSON text (RFC 8259) from UTF-8 bytes.
///
/// Strict: no comments, no trailing commas, no byte order mark; the UTF-8 has to be valid, and an
/// escaped lone surrogate is refused, since no Swift `String` can hold it. Of equal keys the last
/// value wins, in the first's place.
public enum JSONParser {
    /// The deepest nesting accepted unless told otherwise.
    public static let defaultMaximumDepth = 512

    /// Parses one JSON text; nothing but white space may follow it.
    public static func parse(
        _ bytes: [UInt8],
        maximumDepth: Int = defaultMaximumDepth
    ) throws(JSONParseError) -> JSONValue {
        let outcome: Result<JSONValue, JSONSyntaxError> = bytes.withUnsafeBufferPointer { buffer in
            var reader = JSONReader(buffer, maximumDepth: maximumDepth)
            do throws(JSONSyntaxError) {
                return .success(try reader.document())
            } catch {
                return .failure(error)
            }
        }
        switch outcome {
        case .success(let value): return value
        case .failure(let error): throw error.located(in: bytes)
        }
    }

    /// Parses the JSON text of a string.
    public static func parse(
        _ text: String,
        maximumDepth: Int = defaultMaximumDepth
    ) throws(JSONParseError) -> JSONValue {
        try parse(Array(text.utf8), maximumDepth: maximumDepth)
    }
}

/// A syntax error before its line and column are counted.
struct JSONSyntaxError: Error {
    let reason: String
    let offset: Int

    /// Lines end at LF; columns count scalars, from 1.
    func located(in bytes: [UInt8]) -> JSONParseError {
        var line = 1
        var column = 1
        for byte in bytes.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return JSONParseError(reason: reason, offset: offset, line: line, column: column)
    }
}
