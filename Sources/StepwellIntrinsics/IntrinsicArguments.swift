import StepwellJSON

/// The values of a call's arguments, with the checks that functions have in common.
struct IntrinsicArguments {
    let values: [JSONValue]

    subscript(position: Int) -> JSONValue { values[position] }

    var count: Int { values.count }

    func array(_ position: Int) throws(IntrinsicFailure) -> [JSONValue] {
        guard case .array(let items) = values[position] else {
            throw mismatch(position, "an array")
        }
        return items
    }

    func string(_ position: Int) throws(IntrinsicFailure) -> String {
        guard case .string(let text) = values[position] else {
            throw mismatch(position, "a string")
        }
        return text
    }

    /// A string of at most `limit` characters as Java counts them.
    func string(_ position: Int, limit: Int) throws(IntrinsicFailure) -> String {
        let text = try string(position)
        guard text.utf16.count <= limit else {
            throw .invalid("The argument \(position + 1) has more than \(limit) characters")
        }
        return text
    }

    func object(_ position: Int) throws(IntrinsicFailure) -> JSONObject {
        guard case .object(let object) = values[position] else {
            throw mismatch(position, "an object")
        }
        return object
    }

    /// An integral number.
    func integer(_ position: Int) throws(IntrinsicFailure) -> Int64 {
        guard case .number(let number) = values[position], let integer = number.integer else {
            throw mismatch(position, "an integer")
        }
        return integer
    }

    /// A number rounded to the nearest integer, halves upwards, as Java rounds.
    func rounded(_ position: Int) throws(IntrinsicFailure) -> Int64 {
        guard case .number(let number) = values[position] else {
            throw mismatch(position, "a number")
        }
        if let integer = number.integer { return integer }
        let value = number.double
        let floor = value.rounded(.down)
        guard let integer = Int64(exactly: value - floor >= 0.5 ? floor + 1 : floor) else {
            throw .invalid("The argument \(position + 1) is beyond the range of 64-bit integers")
        }
        return integer
    }

    /// A number without its fraction, in 32 bits, as Java's `intValue` has it.
    func truncated(_ position: Int) throws(IntrinsicFailure) -> Int {
        guard case .number(let number) = values[position] else {
            throw mismatch(position, "a number")
        }
        let value = number.integer.map(Double.init) ?? number.double.rounded(.towardZero)
        guard let integer = Int32(exactly: value) else {
            throw .invalid("The argument \(position + 1) is beyond the range of 32-bit integers")
        }
        return Int(integer)
    }

    /// A number without its fraction.
    func seed(_ position: Int) throws(IntrinsicFailure) -> Int64 {
        guard case .number(let number) = values[position] else {
            throw mismatch(position, "a number")
        }
        guard let seed = number.integer ?? Int64(exactly: number.double.rounded(.towardZero)) else {
            throw .invalid("The argument \(position + 1) is beyond the range of 64-bit integers")
        }
        return seed
    }

    private func mismatch(_ position: Int, _ expected: String) -> IntrinsicFailure {
        let found =
            switch values[position] {
            case .null: "null"
            case .bool: "a boolean"
            case .number: "a number"
            case .string: "a string"
            case .array: "an array"
            case .object: "an object"
            }
        return .invalid("The argument \(position + 1) must be \(expected) but is \(found)")
    }
}
