extension JSONReader {
    /// Where a value, and the key before it, stand in the text.
    struct Place {
        var key: Range<Int>?
        var value: Range<Int>
    }

    /// Finds the value that the tokens lead to, without building those beside it.
    ///
    /// Of equal keys the last counts, whose value the parser takes too.
    mutating func find(_ tokens: [String]) throws(JSONFailure) -> Place? {
        var key: Range<Int>?
        skipWhiteSpace()
        for token in tokens {
            switch current {
            case JSONByte.openBrace:
                guard let found = try findMember(token) else {
                    return nil
                }
                key = found.key
                cursor = start + found.value.lowerBound
            case JSONByte.openBracket:
                guard let index = JSONPointer.index(token), try enterElement(index) else {
                    return nil
                }
                key = nil
            default: return nil
            }
        }
        return Place(key: key, value: try skipValue())
    }

    /// Reads the value at the cursor and returns its bytes.
    private mutating func skipValue() throws(JSONFailure) -> Range<Int> {
        skipWhiteSpace()
        let first = cursor - start
        _ = try readValue()
        return first..<(cursor - start)
    }

    /// The last member with a key in the object at the cursor.
    private mutating func findMember(_ key: String) throws(JSONFailure) -> Place? {
        var found: Place?
        repeat {
            cursor += 1
            skipWhiteSpace()
            guard current == JSONByte.quote else {
                return found
            }
            let first = cursor - start
            let candidate = try readString()
            let keyRange = first..<(cursor - start)
            skipWhiteSpace()
            cursor += 1
            let value = try skipValue()
            if candidate.hasSameBytes(as: key) {
                found = Place(key: keyRange, value: value)
            }
            skipWhiteSpace()
        } while current == JSONByte.comma
        return found
    }

    /// Moves to the element at an index of the array at the cursor, if there is one.
    private mutating func enterElement(_ index: Int) throws(JSONFailure) -> Bool {
        cursor += 1
        skipWhiteSpace()
        for _ in 0..<index {
            if current == JSONByte.closeBracket {
                return false
            }
            _ = try skipValue()
            skipWhiteSpace()
            guard current == JSONByte.comma else {
                return false
            }
            cursor += 1
            skipWhiteSpace()
        }
        return current != JSONByte.closeBracket
    }
}
