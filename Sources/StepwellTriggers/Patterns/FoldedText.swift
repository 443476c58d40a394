/// A text without its differences of case, scalar by scalar.
struct FoldedText: Sendable, Hashable {
    private let scalars: [Unicode.Scalar]

    init(_ text: String) {
        scalars = text.unicodeScalars.flatMap { scalar in
            // By way of the upper case: letters that share that (ſ and s) are the same.
            scalar.properties.uppercaseMapping.unicodeScalars.flatMap {
                $0.properties.lowercaseMapping.unicodeScalars
            }
        }
    }

    /// Whether another text begins with this one.
    func isPrefix(of other: FoldedText) -> Bool { other.scalars.starts(with: scalars) }

    /// Whether another text ends with this one.
    func isSuffix(of other: FoldedText) -> Bool {
        other.scalars.reversed().starts(with: scalars.reversed())
    }
}
