import StepwellJSON

/// What one value of an event is asked: an element of a field's array in an event pattern.
enum ValuePattern: Sendable, Hashable {
    /// Equal to the last byte; an IP address, to the address that it is.
    case string(String)
    /// Equal as a number, or as it is written where it cannot be compared as one.
    case number(String, EventNumber?)
    /// `true`, `false` or `null`.
    case literal(PatternToken)
    case prefix(String)
    case suffix(String)
    case prefixIgnoringCase(FoldedText)
    case suffixIgnoringCase(FoldedText)
    case equalsIgnoringCase(FoldedText)
    case wildcard(WildcardPattern)
    case numeric(NumericRange)
    case cidr(AddressRange)
    /// The field is there, whatever its value.
    case exists
    /// The field is not there.
    case absent
    indirect case anythingBut([ValuePattern])

    /// Whether a value of the event is what is asked for.
    func matches(_ value: JSONValue) -> Bool {
        switch (self, value) {
        case (.exists, _): true
        case (.absent, _): false
        case (.anythingBut(let patterns), _): !patterns.contains { $0.matches(value) }
        case (.literal(let token), .bool(let flag)): token == (flag ? .true : .false)
        case (.literal(let token), .null): token == .null
        case (.number(let text, let number), .number(let other)):
            Self.isEqual(text, number, other)
        case (.numeric(let range), .number(let number)):
            EventNumber(number.text).map(range.contains) ?? false
        case (_, .string(let text)): matches(text)
        default: false
        }
    }

    private static func isEqual(
        _ text: String,
        _ number: EventNumber?,
        _ other: JSONNumber
    ) -> Bool {
        if let number, let other = EventNumber(other.text) { return number == other }
        return text == other.text
    }

    private func matches(_ text: String) -> Bool {
        switch self {
        case .string(let wanted):
            if wanted.hasSameBytes(as: text) { return true }
            guard let address = AddressRange.address(wanted) else { return false }
            return AddressRange.address(text) == address
        case .prefix(let prefix): return text.utf8.starts(with: prefix.utf8)
        case .suffix(let suffix): return text.utf8.reversed().starts(with: suffix.utf8.reversed())
        case .prefixIgnoringCase(let prefix): return prefix.isPrefix(of: FoldedText(text))
        case .suffixIgnoringCase(let suffix): return suffix.isSuffix(of: FoldedText(text))
        case .equalsIgnoringCase(let wanted): return wanted == FoldedText(text)
        case .wildcard(let pattern): return pattern.matches(text.utf8)
        case .cidr(let range): return AddressRange.address(text).map(range.contains) ?? false
        case .number, .literal, .numeric, .exists, .absent, .anythingBut: return false
        }
    }
}
