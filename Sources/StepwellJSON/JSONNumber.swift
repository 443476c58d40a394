/// A JSON number that keeps what was written: an `Int64`, a `Double`, or the exact text when
/// neither prints it again (`1.50`, `1e2`, `-0`, integers beyond 64 bits, `1e400`).
public struct JSONNumber: Sendable, Equatable {
    /// How a number is kept.
    package enum Storage: Sendable {
        /// An integer literal in the range of `Int64`, whose canonical text is its decimal form.
        case integer(Int64)
        /// A number computed as a double; its text is the shortest that reads back the same.
        case double(Double)
        /// A literal kept as written, with its nearest double (infinite beyond the range).
        ///
        /// Boxed, so that the rare case does not make every JSON value larger.
        indirect case literal(String, Double)
    }

    /// How the number is kept.
    package let storage: Storage

    /// A number kept as told; a literal has to be of JSON's grammar.
    package init(storage: Storage) {
        self.storage = storage
    }

    /// An integer.
    public init(_ value: Int64) {
        self.init(storage: .integer(value))
    }

    /// A double; `value` has to be finite, since JSON has no other: check with `init(finite:)`
    /// where it may not be.
    public init(_ value: Double) {
        precondition(value.isFinite, "JSON has no number for \(value)")
        self.init(storage: .double(value))
    }

    /// A double, or `nil` when it is infinite or not a number, which JSON cannot say.
    public init?(finite value: Double) {
        guard value.isFinite else {
            return nil
        }
        self.init(storage: .double(value))
    }

    /// The value as a double (the nearest one; infinite when the literal is out of range).
    public var double: Double {
        switch storage {
        case .integer(let value): Double(value)
        case .double(let value), .literal(_, let value): value
        }
    }

    /// The value as an integer, when it is integral and in range (`1.0` gives 1).
    public var integer: Int64? {
        switch storage {
        case .integer(let value): value
        case .double(let value): Self.integer(value)
        case .literal(let text, _): JSONDecimal(text).integer(Int64.self)
        }
    }

    /// As `Int64(exactly:)`, which needs libm, and this module links nothing.
    private static func integer(_ value: Double) -> Int64? {
        guard value >= -0x1p63, value < 0x1p63 else {
            return nil
        }
        let truncated = Int64(value)
        return Double(truncated) == value ? truncated : nil
    }

    /// Equality by numeric value, exact however many digits were written: `1`, `1.0` and `10e-1`
    /// are equal, 9007199254740993 and 9007199254740992.0 are not.
    public static func == (lhs: JSONNumber, rhs: JSONNumber) -> Bool {
        switch (lhs.storage, rhs.storage) {
        case (.integer(let left), .integer(let right)): left == right
        case (.double(let left), .double(let right)): left == right
        default:
            // Equal values have equal nearest doubles, so that the long way is rarely taken.
            lhs.double == rhs.double && JSONDecimal(lhs.text) == JSONDecimal(rhs.text)
        }
    }
}
