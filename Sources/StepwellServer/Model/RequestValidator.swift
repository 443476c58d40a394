import StepwellEngine
import StepwellJSON

/// Checks a request against its shape, with the words of AWS's front end.
///
/// Values of a wrong type end it at once (`SerializationException`); constraints that are not met
/// are gathered into one `ValidationException`.
struct RequestValidator {
    let operation: String
    /// Whether members that are not in the shape are left alone.
    var ignoresUnknown = false
    /// Where those are that were left alone.
    private(set) var unknown: [String] = []
    private let payloadBytes: Int
    /// Whether messages write members' names with a small letter, as the services do whose names
    /// begin with a capital one.
    private let lowersNames: Bool
    private var problems: [String] = []

    /// A check of an operation's request; `payloadBytes` is the quota of payloads.
    init(operation: String, payloadBytes: Int = 262_144, lowersNames: Bool = false) {
        self.operation = operation
        self.lowersNames = lowersNames
        self.payloadBytes = payloadBytes
    }

    /// Throws when `members` does not have the shape.
    mutating func check(_ members: JSONObject, _ shape: [MemberShape]) throws(ServiceError) {
        try structure(members, shape, at: "")
        guard !problems.isEmpty else { return }
        let count = problems.count
        throw ServiceError(
            code: "ValidationException",
            message: "\(count) validation error\(count == 1 ? "" : "s") detected: "
                + problems.joined(separator: "; ")
        )
    }

    private mutating func structure(
        _ members: JSONObject,
        _ shape: [MemberShape],
        at place: String
    ) throws(ServiceError) {
        for member in members where member.value != .null {
            if shape.contains(where: { $0.name.utf8.elementsEqual(member.key.utf8) }) { continue }
            guard ignoresUnknown else { throw refused(place + member.key) }
            unknown.append(place + member.key)
        }
        for member in shape {
            let place = place + member.name
            guard let value = members[member.name], value != .null else {
                if member.isRequired { note("null ", place, "not be null") }
                continue
            }
            guard member.isSupported else { throw refused(place) }
            try check(value, member.value, at: place)
        }
    }

    private mutating func check(
        _ value: JSONValue,
        _ shape: ValueShape,
        at place: String
    ) throws(ServiceError) {
        switch (shape, value) {
        case (.string(let constraints), .string(let text)):
            check(text, constraints, at: place)
        case (.integer(let range), .number(let number)):
            try check(number, range, at: place)
        case (.number(let range), .number(let number)):
            check(number, range, at: place)
        case (.boolean, .bool):
            return
        case (.structure(let shape), .object(let members)):
            try structure(members, shape, at: place + ".")
        case (.list(let item, let count), .array(let values)):
            if values.count < count.lowerBound {
                note("", place, "have length greater than or equal to \(count.lowerBound)")
            }
            if values.count > count.upperBound {
                note("", place, "have length less than or equal to \(count.upperBound)")
            }
            for (index, value) in values.enumerated() {
                try check(value, item, at: "\(place).\(index + 1).member")
            }
        case (.map(let item, let count), .object(let members)):
            if members.count > count.upperBound {
                note("", place, "have length less than or equal to \(count.upperBound)")
            }
            for (name, value) in members { try check(value, item, at: "\(place).\(name).member") }
        default:
            throw mismatch(value, shape, at: place)
        }
    }

    private mutating func check(_ text: String, _ rule: StringConstraints, at place: String) {
        let shown = rule.isSensitive ? "" : "'\(text)' "
        // A UTF-16 unit takes up to three bytes of UTF-8.
        if text.utf8.count < 3 * rule.length.lowerBound,
            text.utf16.count < rule.length.lowerBound
        {
            note(
                shown,
                place,
                "have length greater than or equal to \(rule.length.lowerBound)"
            )
        }
        let longest = rule.isPayload ? payloadBytes : rule.length.upperBound
        if text.utf8.count > longest, text.utf16.count > longest {
            note(shown, place, "have length less than or equal to \(longest)")
        }
        if !rule.values.isEmpty,
            !rule.values.contains(where: { $0.utf8.elementsEqual(text.utf8) })
        {
            let set = rule.values.joined(separator: ", ")
            note(shown, place, "satisfy enum value set: [\(set)]")
        }
        if let pattern = rule.pattern, !pattern.matches(text) {
            note(shown, place, "satisfy regular expression pattern: \(pattern.text)")
        }
        if rule.isASCII, !text.utf8.allSatisfy({ $0 < 0x80 }) {
            note(shown, place, #"satisfy regular expression pattern: \p{ASCII}*"#)
        }
    }

    private mutating func check(
        _ number: JSONNumber,
        _ range: ClosedRange<Int64>,
        at place: String
    ) throws(ServiceError) {
        guard let value = number.integer else {
            throw Self.serialization("\(number.text) at '\(place)' is not an integer")
        }
        if value < range.lowerBound {
            note("'\(value)' ", place, "have value greater than or equal to \(range.lowerBound)")
        } else if value > range.upperBound {
            note("'\(value)' ", place, "have value less than or equal to \(range.upperBound)")
        }
    }

    private mutating func check(
        _ number: JSONNumber,
        _ range: ClosedRange<Double>,
        at place: String
    ) {
        if number.double < range.lowerBound {
            let least = Int(range.lowerBound)
            note("'\(number.text)' ", place, "have value greater than or equal to \(least)")
        } else if number.double > range.upperBound {
            let most = Int(range.upperBound)
            note("'\(number.text)' ", place, "have value less than or equal to \(most)")
        }
    }

    private mutating func note(_ value: String, _ place: String, _ rule: String) {
        let place = lowersNames ? Self.lowered(place) : place
        problems.append(
            "Value \(value)at '\(place)' failed to satisfy constraint: Member must \(rule)"
        )
    }

    private static func lowered(_ place: String) -> String {
        place.split(separator: ".").map { $0.prefix(1).lowercased() + $0.dropFirst() }
            .joined(separator: ".")
    }

    private func refused(_ place: String) -> ServiceError {
        ServiceError(
            code: "ValidationException",
            message: "The member '\(place)' of \(operation) is not supported by this server."
        )
    }

    private func mismatch(
        _ value: JSONValue,
        _ shape: ValueShape,
        at place: String
    ) -> ServiceError {
        Self.serialization(
            "\(Self.token(of: value)) at '\(place)' can not be converted to \(shape.typeName)"
        )
    }

    /// A request that is no JSON, or has a member twice.
    static func unreadable(_ error: JSONParseError) -> ServiceError {
        serialization(
            "The request is not JSON: \(error.reason) (line \(error.line), "
                + "column \(error.column))"
        )
    }

    /// A request that is not what the protocol asks for.
    static func serialization(_ message: String) -> ServiceError {
        ServiceError(code: "SerializationException", message: message)
    }

    private static func token(of value: JSONValue) -> String {
        switch value {
        case .null: "NULL_VALUE"
        case .bool(true): "TRUE_VALUE"
        case .bool(false): "FALSE_VALUE"
        case .number: "NUMBER_VALUE"
        case .string: "STRING_VALUE"
        case .array: "START_ARRAY"
        case .object: "START_OBJECT"
        }
    }
}

extension ValueShape {
    fileprivate var typeName: String {
        switch self {
        case .string: "a String"
        case .integer: "an Integer"
        case .number: "a Float"
        case .boolean: "a Boolean"
        case .structure: "a Structure"
        case .list: "a List"
        case .map: "a Map"
        }
    }
}
