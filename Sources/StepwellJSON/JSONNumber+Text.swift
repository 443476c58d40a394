extension JSONNumber {
    /// The least magnitude that a double prints without an exponent.
    static let leastPlainMagnitude = 1e-4

    /// The number as JSON text: a literal as it was written, else the canonical form.
    public var text: String {
        switch storage {
        case .integer(let value): value.description
        case .double(let value): Self.text(of: value)
        case .literal(let text, _): text
        }
    }

    /// The canonical text of a finite double: the shortest that reads back as the same double,
    /// with `.0` behind an integer, as Java prints it too.
    static func text(of value: Double) -> String {
        value.description
    }

    /// The number that a literal of JSON's grammar stands for.
    ///
    /// It is kept as text unless an integer or a double prints just so.
    init(validLiteral text: String) {
        let utf8 = text.utf8
        if let integer = Int64(text), integer.description.utf8.elementsEqual(utf8) {
            self.init(storage: .integer(integer))
            return
        }
        // The grammar's literals are all known to `Double`; out of range they become infinite.
        let double = Double(text) ?? (utf8.first == JSONByte.minus ? -.infinity : .infinity)
        if double.isFinite, Self.text(of: double).utf8.elementsEqual(utf8) {
            self.init(storage: .double(double))
        } else {
            self.init(storage: .literal(text, double))
        }
    }
}

extension JSONNumber: CustomStringConvertible {
    /// The number as JSON text.
    public var description: String { text }
}
