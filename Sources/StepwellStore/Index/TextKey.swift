/// A text compared byte by byte: Swift's `==` would merge texts that Unicode holds to be
/// equivalent.
struct TextKey: Sendable, Hashable {
    let text: String

    static func == (lhs: TextKey, rhs: TextKey) -> Bool {
        lhs.text.utf8.elementsEqual(rhs.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
