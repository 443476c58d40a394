/// Writes JSON text as UTF-8 bytes.
///
/// Members keep their order, numbers their text, and only what JSON demands is escaped.
public enum JSONWriter {
    /// The compact text, without white space.
    public static func write(_ value: JSONValue) -> [UInt8] {
        var output = JSONOutput(minimumCapacity: 256)
        output.write(value)
        return output.bytes
    }

    /// The compact text, or nil when it is longer than `limit` bytes.
    ///
    /// A value that holds others many times over can be far larger as text than in memory; what is
    /// too large is not written out first.
    package static func write(_ value: JSONValue, atMost limit: Int) -> [UInt8]? {
        var output = JSONOutput(minimumCapacity: 256)
        output.limit = limit
        output.write(value)
        return output.count <= limit ? output.bytes : nil
    }

    /// Appends the compact text to `bytes`.
    public static func write(_ value: JSONValue, into bytes: inout [UInt8]) {
        var output = JSONOutput(minimumCapacity: 256)
        output.write(value)
        output.append(to: &bytes)
    }

    /// The compact text as a string.
    public static func string(_ value: JSONValue) -> String {
        var output = JSONOutput(minimumCapacity: 256)
        output.write(value)
        return output.string
    }

    /// The text for people: one member or element to a line, empty containers on one.
    ///
    /// - Parameters:
    ///   - value: what is written.
    ///   - indent: the spaces for each level.
    /// - Returns: the text, without a line break at its end.
    public static func writePretty(_ value: JSONValue, indent: Int = 2) -> [UInt8] {
        var output = JSONOutput(minimumCapacity: 256)
        output.writePretty(value, indent: indent, level: 0)
        return output.bytes
    }
}
