/// The parameters of a URL's query, decoded.
package struct QueryParameters {
    /// Every parameter, as often as it is there.
    package let all: [(name: String, value: String)]

    /// Reads what is behind the `?`.
    package init(_ query: String) {
        all = query.utf8.split(separator: UInt8(ascii: "&")).map { part in
            let name = part.prefix { $0 != UInt8(ascii: "=") }
            let value = part.dropFirst(name.count + 1)
            return (PercentEncoding.decode(name), PercentEncoding.decode(value))
        }
    }

    /// The first parameter of a name.
    package subscript(name: String) -> String? {
        all.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }
}
