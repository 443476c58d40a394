extension JSONOutput {
    /// Appends the compact text of a value.
    mutating func write(_ value: borrowing JSONValue) {
        switch copy value {
        case .null: put("null")
        case .bool(let value): value ? put("true") : put("false")
        case .number(let number): write(number)
        case .string(let text): putString(text)
        case .array(let elements): write(elements)
        case .object(let object): write(object)
        }
    }

    private mutating func write(_ elements: [JSONValue]) {
        put(JSONByte.openBracket)
        var isFirst = true
        for element in elements where count <= limit {
            if !isFirst {
                put(JSONByte.comma)
            }
            isFirst = false
            write(element)
        }
        put(JSONByte.closeBracket)
    }

    private mutating func write(_ object: JSONObject) {
        put(JSONByte.openBrace)
        var isFirst = true
        for member in object.members where count <= limit {
            if !isFirst {
                put(JSONByte.comma)
            }
            isFirst = false
            putString(member.key)
            put(JSONByte.colon)
            write(member.value)
        }
        put(JSONByte.closeBrace)
    }

    private mutating func write(_ number: JSONNumber) {
        switch number.storage {
        case .integer(let value): write(value)
        case .double(let value): put(plain: JSONNumber.text(of: value))
        case .literal(let text, _): put(plain: text)
        }
    }

    private mutating func write(_ value: Int64) {
        var rest = value.magnitude
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var first = 20
            repeat {
                first &-= 1
                let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
                digits[first] = JSONByte.zero &+ UInt8(truncatingIfNeeded: digit)
                rest = quotient
            } while rest > 0
            if value < 0 {
                put(JSONByte.minus)
            }
            put(UnsafeBufferPointer(digits.extracting(first...)))
        }
    }

    /// Appends the text for people; `level` is how deep the value stands.
    mutating func writePretty(_ value: JSONValue, indent: Int, level: Int) {
        switch value {
        case .array(let elements) where !elements.isEmpty:
            put(JSONByte.openBracket)
            for (place, element) in elements.enumerated() {
                breakLine(after: place, indent: indent * (level + 1))
                writePretty(element, indent: indent, level: level + 1)
            }
            breakLine(after: 0, indent: indent * level)
            put(JSONByte.closeBracket)
        case .object(let object) where !object.isEmpty:
            put(JSONByte.openBrace)
            for (place, member) in object.members.enumerated() {
                breakLine(after: place, indent: indent * (level + 1))
                putString(member.key)
                put(": ")
                writePretty(member.value, indent: indent, level: level + 1)
            }
            breakLine(after: 0, indent: indent * level)
            put(JSONByte.closeBrace)
        default: write(value)
        }
    }

    /// Ends a line, with a comma behind all but the first of a container.
    private mutating func breakLine(after count: Int, indent: Int) {
        if count > 0 {
            put(JSONByte.comma)
        }
        put(JSONByte.lineFeed)
        for _ in 0..<indent {
            put(JSONByte.space)
        }
    }
}
