/// Writes JSON text as UTF-8 bytes.
public enum JSONWriter {
    /// The compact text: no white space, members in order, only what JSON demands escaped.
    public static func write(_ value: JSONValue) -> [UInt8] {
        []
    }
}
