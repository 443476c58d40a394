/// How values of some types are written and read, other than they do it themselves.
package struct JSONCodingRules: Sendable {
    /// The JSON of a value; nil for one that writes itself.
    package let encode: @Sendable (any Encodable, [any CodingKey]) throws -> JSONValue?
    /// The value of a type; nil for a type that reads itself.
    package let decode: @Sendable (any Any.Type, JSONValue, [any CodingKey]) throws -> Any?

    /// Rules, each of which is asked for every value that is no text, number or truth value.
    package init(
        encode: @escaping @Sendable (any Encodable, [any CodingKey]) throws -> JSONValue?,
        decode: @escaping @Sendable (any Any.Type, JSONValue, [any CodingKey]) throws -> Any?
    ) {
        self.encode = encode
        self.decode = decode
    }
}
