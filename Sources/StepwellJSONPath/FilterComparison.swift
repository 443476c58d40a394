import StepwellJSON

/// The comparisons of filters between two values, `nil` standing for undefined.
enum FilterComparison {
    static func holds(
        _ comparison: FilterOperator,
        _ left: JSONValue?,
        _ right: JSONValue?
    ) -> Bool {
        switch comparison {
        case .equal: equal(left, right)
        case .notEqual: !equal(left, right)
        case .sameTypeEqual: sameType(left, right) && equal(left, right)
        case .sameTypeNotEqual: !(sameType(left, right) && equal(left, right))
        case .less: ordered(left, right) { $0 < 0 }
        case .lessOrEqual: ordered(left, right) { $0 <= 0 }
        case .greater: ordered(left, right) { $0 > 0 }
        case .greaterOrEqual: ordered(left, right) { $0 >= 0 }
        case .isIn: contains(right, left)
        case .isNotIn: !contains(right, left)
        case .contains: holdsItem(left, right)
        case .subsetOf: lists(left, right) { lefts, rights in lefts.allSatisfy(rights.has) }
        case .anyOf: lists(left, right) { lefts, rights in lefts.contains(where: rights.has) }
        case .noneOf: lists(left, right) { lefts, rights in !lefts.contains(where: rights.has) }
        case .all: hasAll(left, right)
        case .size: hasSize(left, right)
        case .empty: isEmpty(left, right)
        case .matches: false
        }
    }

    /// Equality; a number and a string are compared as the left one's kind.
    static func equal(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
        guard let left, let right else { return false }
        switch (left, right) {
        case (.number(let number), .string(let text)):
            return isEqual(number, text)
        case (.string(let text), .number(let number)):
            return text.utf8.elementsEqual(JavaText.text(of: number).utf8)
        default:
            return left == right
        }
    }

    /// As Java's `new BigDecimal(text)` reads it: no infinity, no hexadecimal digits, and whole
    /// numbers to the last digit.
    private static func isEqual(_ number: JSONNumber, _ text: String) -> Bool {
        let isDecimal = text.utf8.allSatisfy {
            switch $0 {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
                UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
                true
            default: false
            }
        }
        guard isDecimal else { return false }
        if let left = number.integer, let right = Int64(text) { return left == right }
        return Double(text) == number.double
    }

    /// Whether an array has every value of another; an object passes for one that has (Jayway's
    /// AllEvaluator).
    private static func hasAll(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
        if case .object? = left, case .array? = right { return true }
        return lists(left, right) { lefts, rights in rights.allSatisfy(lefts.has) }
    }

    private static func sameType(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
        switch (left, right) {
        case (.null, .null), (.bool, .bool), (.number, .number), (.string, .string): true
        case (.array, .array), (.object, .object), (.array, .object), (.object, .array): true
        default: false
        }
    }

    private static func ordered(
        _ left: JSONValue?,
        _ right: JSONValue?,
        _ holds: (Int) -> Bool
    ) -> Bool {
        switch (left, right) {
        case (.number(let left), .number(let right)):
            if let left = left.integer, let right = right.integer {
                return holds(left < right ? -1 : left == right ? 0 : 1)
            }
            return holds(left.double < right.double ? -1 : left.double == right.double ? 0 : 1)
        case (.string(let left), .string(let right)):
            if left.utf16.elementsEqual(right.utf16) { return holds(0) }
            return holds(left.utf16.lexicographicallyPrecedes(right.utf16) ? -1 : 1)
        default:
            return false
        }
    }

    private static func contains(_ list: JSONValue?, _ item: JSONValue?) -> Bool {
        guard case .array(let items) = list, let item else { return false }
        return items.contains { equal(item, $0) }
    }

    private static func holdsItem(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
        if case .string(let text) = left, case .string(let part) = right {
            return text.utf8.containsSequence(part.utf8)
        }
        return contains(left, right)
    }

    private static func lists(
        _ left: JSONValue?,
        _ right: JSONValue?,
        _ holds: (ValueList, ValueList) -> Bool
    ) -> Bool {
        guard case .array(let lefts) = left, case .array(let rights) = right else { return false }
        return holds(ValueList(items: lefts), ValueList(items: rights))
    }

    private static func hasSize(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
        guard case .number(let number) = right, let size = number.integer else { return false }
        switch left {
        case .string(let text): return Int64(text.utf16.count) == size
        case .array(let items): return Int64(items.count) == size
        default: return false
        }
    }

    private static func isEmpty(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
        guard case .bool(let expected) = right else { return false }
        switch left {
        case .string(let text): return text.utf8.isEmpty == expected
        case .array(let items): return items.isEmpty == expected
        case .object(let object): return object.isEmpty == expected
        default: return false
        }
    }
}

/// An array asked whether it holds a value.
private struct ValueList {
    let items: [JSONValue]

    func has(_ value: JSONValue) -> Bool {
        items.contains { FilterComparison.equal(value, $0) }
    }

    func allSatisfy(_ predicate: (JSONValue) -> Bool) -> Bool {
        items.allSatisfy(predicate)
    }

    func contains(where predicate: (JSONValue) -> Bool) -> Bool {
        items.contains(where: predicate)
    }
}

extension Collection where Element == UInt8 {
    /// Whether `part` occurs in the bytes, one after the other.
    fileprivate func containsSequence(_ part: some Collection<UInt8>) -> Bool {
        var rest = self[...]
        while true {
            if rest.starts(with: part) { return true }
            guard !rest.isEmpty else { return false }
            rest = rest.dropFirst()
        }
    }
}
