/// An element of an XML document.
struct XMLNode: Sendable {
    /// The name without its prefix.
    var name: String
    var attributes: [(name: String, value: String)] = []
    var children: [XMLNode] = []
    /// The text directly within, without that of children.
    var text: [UInt8] = []

    /// The first child of a name.
    func child(_ name: String) -> XMLNode? { children.first { $0.name == name } }

    /// The text as a string.
    var string: String { String(decoding: text, as: UTF8.self) }
}
