/// A JSON number that keeps what was written: an `Int64`, a `Double`, or the exact text when
/// neither can print it again (`1.0`, `1e2`, integers beyond 64 bits, `1e400`).
public struct JSONNumber: Sendable, Equatable {
    /// How a number is kept.
    package enum Storage: Sendable {
        /// An integer literal in the range of `Int64`, whose canonical text is its decimal form.
        case integer(Int64)
        /// A number computed as a double; its text is the shortest that reads back the same.
        case double(Double)
        /// A literal kept as written, with its nearest double (infinite beyond the range).
        case literal(String, Double)
    }

    package let storage: Storage

    package init(storage: Storage) {
        self.storage = storage
    }

    /// An integer.
    public init(_ value: Int64) {
        self.init(storage: .integer(value))
    }

    /// A double; `value` has to be finite, since JSON has no other.
    public init(_ value: Double) {
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
        case .double(let value), .literal(_, let value): Int64(exactly: value)
        }
    }

    /// Numbers are equal by value: `1`, `1.0` and `1e0` are.
    public static func == (lhs: JSONNumber, rhs: JSONNumber) -> Bool {
        if case .integer(let left) = lhs.storage, case .integer(let right) = rhs.storage {
            return left == right
        }
        if case .literal(let left, _) = lhs.storage, case .literal(let right, _) = rhs.storage,
            left == right
        {
            return true
        }
        return lhs.double == rhs.double
    }
}

extension JSONNumber {
    /// The number as JSON text: as it was written, or the shortest text that reads back the same.
    public var text: String {
        switch storage {
        case .integer(let value): String(value)
        case .double(let value): value.isFinite ? "\(value)" : "null"
        case .literal(let text, _): text
        }
    }
}
