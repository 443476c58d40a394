/// Parses JSON text (RFC 8259, strictly) from UTF-8 bytes.
///
/// Of members with equal keys the last value wins, in the place of the first, as Jackson (and so
/// AWS) does it. Refused, each with its place: bytes that are not UTF-8, a byte order mark, an
/// escape of half a surrogate pair, and nesting beyond the depth limit.
public enum JSONParser {
    /// The deepest nesting accepted unless told otherwise.
    public static let defaultMaximumDepth = 512

    /// The deepest nesting that can be asked for: values are freed, compared and written
    /// recursively, and this depth is known to fit the stack.
    public static let greatestMaximumDepth = 1024

    /// Parses one JSON text; nothing but white space may follow it.
    ///
    /// - Parameters:
    ///   - bytes: the text, as UTF-8.
    ///   - maximumDepth: how deeply arrays and objects may nest; at most `greatestMaximumDepth`.
    /// - Returns: the value.
    /// - Throws: `JSONParseError`, which says what is wrong and where.
    public static func parse(
        _ bytes: [UInt8],
        maximumDepth: Int = defaultMaximumDepth
    ) throws(JSONParseError) -> JSONValue {
        try bytes.withUnsafeBufferPointer { (buffer) throws(JSONParseError) in
            try parse(buffer, maximumDepth: maximumDepth)
        }
    }

    /// Parses one JSON text whose objects have no key twice: for what is read as a structure, where
    /// a member that counts for nothing would be overlooked.
    ///
    /// - Parameters:
    ///   - bytes: the text, as UTF-8.
    ///   - maximumDepth: how deeply arrays and objects may nest; at most `greatestMaximumDepth`.
    /// - Returns: the value.
    /// - Throws: `JSONParseError`, which says what is wrong and where.
    package static func parseStructure(
        _ bytes: [UInt8],
        maximumDepth: Int = defaultMaximumDepth
    ) throws(JSONParseError) -> JSONValue {
        try bytes.withUnsafeBufferPointer { (buffer) throws(JSONParseError) in
            try parse(buffer, maximumDepth: maximumDepth, refusesRepeatedKeys: true)
        }
    }

    /// Parses one JSON text out of memory that the caller keeps alive during the call.
    ///
    /// - Parameters:
    ///   - bytes: the text, as UTF-8.
    ///   - maximumDepth: how deeply arrays and objects may nest; at most `greatestMaximumDepth`.
    /// - Returns: the value.
    /// - Throws: `JSONParseError`, which says what is wrong and where.
    public static func parse(
        _ bytes: UnsafeBufferPointer<UInt8>,
        maximumDepth: Int = defaultMaximumDepth
    ) throws(JSONParseError) -> JSONValue {
        try parse(bytes, maximumDepth: maximumDepth, refusesRepeatedKeys: false)
    }

    private static func parse(
        _ bytes: UnsafeBufferPointer<UInt8>,
        maximumDepth: Int,
        refusesRepeatedKeys: Bool
    ) throws(JSONParseError) -> JSONValue {
        let limit = min(maximumDepth, greatestMaximumDepth)
        do throws(JSONFailure) {
            var reader = JSONReader(
                bytes,
                maximumDepth: limit,
                refusesRepeatedKeys: refusesRepeatedKeys
            )
            return try reader.readText()
        } catch {
            throw JSONParseError(error, in: bytes, maximumDepth: limit)
        }
    }

    /// Parses one JSON text out of a span.
    ///
    /// - Parameters:
    ///   - bytes: the text, as UTF-8.
    ///   - maximumDepth: how deeply arrays and objects may nest; at most `greatestMaximumDepth`.
    /// - Returns: the value.
    /// - Throws: `JSONParseError`, which says what is wrong and where.
    public static func parse(
        _ bytes: Span<UInt8>,
        maximumDepth: Int = defaultMaximumDepth
    ) throws(JSONParseError) -> JSONValue {
        try bytes.withUnsafeBufferPointer { (buffer) throws(JSONParseError) in
            try parse(buffer, maximumDepth: maximumDepth)
        }
    }

    /// Parses one JSON text out of a string.
    ///
    /// - Parameters:
    ///   - text: the text.
    ///   - maximumDepth: how deeply arrays and objects may nest; at most `greatestMaximumDepth`.
    /// - Returns: the value.
    /// - Throws: `JSONParseError`, which says what is wrong and where (in UTF-8 bytes).
    public static func parse(
        _ text: String,
        maximumDepth: Int = defaultMaximumDepth
    ) throws(JSONParseError) -> JSONValue {
        try parse(text.utf8Span.span, maximumDepth: maximumDepth)
    }
}
