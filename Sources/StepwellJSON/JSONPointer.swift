/// A place inside a JSON value (RFC 6901).
public struct JSONPointer: Sendable, Hashable {
    /// The keys and indices from the root on, as they are, not escaped.
    public let tokens: [String]

    /// The pointer to the whole value.
    public static let root = JSONPointer(tokens: [])

    /// A pointer of the given keys and indices.
    public init(tokens: [String]) {
        self.tokens = tokens
    }

    /// A pointer from its text, such as `/States/Ask~1Bob/Next`; `nil` when it is malformed.
    ///
    /// Every token begins with `/`; in a token `~1` means `/` and `~0` means `~`.
    public init?(_ text: String) {
        var tokens: [[UInt8]] = []
        var bytes = text.utf8.makeIterator()
        while let byte = bytes.next() {
            if byte == UInt8(ascii: "/") {
                tokens.append([])
                continue
            }
            guard let last = tokens.indices.last else {
                return nil
            }
            guard byte == UInt8(ascii: "~") else {
                tokens[last].append(byte)
                continue
            }
            switch bytes.next() {
            case UInt8(ascii: "0"): tokens[last].append(UInt8(ascii: "~"))
            case UInt8(ascii: "1"): tokens[last].append(UInt8(ascii: "/"))
            default: return nil
            }
        }
        self.tokens = tokens.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The pointer to a member of the object that this one points to.
    public func appending(_ key: String) -> JSONPointer {
        JSONPointer(tokens: tokens + [key])
    }

    /// The pointer to an element of the array that this one points to.
    public func appending(_ index: Int) -> JSONPointer {
        appending(String(index))
    }

    /// The pointer to what holds the value that this one points to; `nil` for the root.
    public var parent: JSONPointer? {
        tokens.isEmpty ? nil : JSONPointer(tokens: tokens.dropLast())
    }

    /// Equality of the tokens' bytes.
    public static func == (lhs: JSONPointer, rhs: JSONPointer) -> Bool {
        lhs.tokens.elementsEqual(rhs.tokens) { $0.hasSameBytes(as: $1) }
    }

    /// Feeds the bytes of the tokens to a hasher.
    public func hash(into hasher: inout Hasher) {
        for token in tokens {
            for byte in token.utf8 {
                hasher.combine(byte)
            }
            hasher.combine(UInt8(ascii: "/"))
        }
    }

    /// The index that a token of the RFC's form stands for: no sign, no leading zero.
    static func index(_ token: String) -> Int? {
        let digits = token.utf8
        guard digits.allSatisfy(JSONByte.isDigit),
            digits.first != JSONByte.zero || digits.count == 1
        else {
            return nil
        }
        return Int(token)
    }
}

extension JSONPointer: CustomStringConvertible {
    /// The text of RFC 6901; the root is the empty text.
    public var description: String {
        var bytes: [UInt8] = []
        for token in tokens {
            bytes.append(UInt8(ascii: "/"))
            for byte in token.utf8 {
                switch byte {
                case UInt8(ascii: "~"): bytes += "~0".utf8
                case UInt8(ascii: "/"): bytes += "~1".utf8
                default: bytes.append(byte)
                }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension JSONValue {
    /// The value that a pointer leads to, or `nil` when there is none.
    public subscript(pointer: JSONPointer) -> JSONValue? {
        var value = self
        for token in pointer.tokens {
            let next: JSONValue?
            switch value {
            case .object(let object): next = object[token]
            case .array(let elements):
                let index = JSONPointer.index(token) ?? elements.count
                next = index < elements.count ? elements[index] : Optional.none
            default: next = Optional.none
            }
            guard let next else {
                return nil
            }
            value = next
        }
        return value
    }
}
