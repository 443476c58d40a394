/// A key or an index as the coding machinery names it.
struct JSONCodingKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) {
        stringValue = "\(intValue)"
        self.intValue = intValue
    }

    /// The key under which a class encodes what it inherits.
    static let `super` = JSONCodingKey(stringValue: "super")
}
