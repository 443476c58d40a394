/// What arguments a function takes.
struct Signature: Sendable {
    /// One parameter.
    struct Parameter: Sendable {
        /// What it accepts.
        var types: ValueType
        /// Whether a single value becomes an array of one.
        var isArray = false
        /// The only type of the array's elements.
        var element: UInt8?
        /// Whether the context takes the place of a missing argument.
        var takesContext = false
        var isOptional = false
        /// Whether any number of arguments, at least one, are taken.
        var isRepeated = false
    }

    let parameters: [Parameter]
    /// Whether every parameter takes one argument that needs no conversion.
    let isPlain: Bool
    /// Whether no parameter takes more than one argument.
    let takesEachOnce: Bool

    /// Reads a signature as it is written, with its angle brackets.
    init(_ text: String) throws(Fault) {
        var reader = SignatureReader(Array(text.utf8))
        parameters = try reader.parameters()
        isPlain = parameters.allSatisfy { !$0.isArray && !$0.isRepeated }
        takesEachOnce = parameters.allSatisfy { !$0.isRepeated }
    }
}

/// Takes a signature apart.
struct SignatureReader {
    private let bytes: [UInt8]
    private var place = 1

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func parameters() throws(Fault) -> [Signature.Parameter] {
        var result: [Signature.Parameter] = []
        while place < bytes.count {
            let byte = bytes[place]
            switch byte {
            case UInt8(ascii: ":"), UInt8(ascii: ">"): return result
            case UInt8(ascii: "-"):
                if !result.isEmpty {
                    result[result.count - 1].takesContext = true
                    result[result.count - 1].isOptional = true
                }
            case UInt8(ascii: "?"):
                if !result.isEmpty {
                    result[result.count - 1].isOptional = true
                }
            case UInt8(ascii: "+"):
                if !result.isEmpty {
                    result[result.count - 1].isRepeated = true
                }
            case UInt8(ascii: "("): result.append(try choice())
            case UInt8(ascii: "<"):
                guard let last = result.last, last.isArray || last.types.contains(.function) else {
                    throw Fault("S0401", token: letter(before: place))
                }
                let inner = nested()
                if last.isArray {
                    result[result.count - 1].element = inner
                }
            default:
                if let parameter = Self.parameter(byte) {
                    result.append(parameter)
                }
            }
            place += 1
        }
        return result
    }

    private func letter(before place: Int) -> String {
        place > 0 ? String(UnicodeScalar(bytes[place - 1])) : ""
    }

    private static func parameter(_ letter: UInt8) -> Signature.Parameter? {
        guard let type = ValueType(letter: letter) else {
            return nil
        }
        switch letter {
        case UInt8(ascii: "a"):
            let any = ValueType.json.union([.function, .missing])
            return Signature.Parameter(types: any, isArray: true)
        case UInt8(ascii: "f"): return Signature.Parameter(types: type)
        default: return Signature.Parameter(types: type.union(.missing))
        }
    }

    private mutating func choice() throws(Fault) -> Signature.Parameter {
        var types: ValueType = .missing
        place += 1
        while place < bytes.count, bytes[place] != UInt8(ascii: ")") {
            if bytes[place] == UInt8(ascii: "<") {
                throw Fault("S0402", token: "<")
            }
            if let type = ValueType(letter: bytes[place]) {
                types.formUnion(type)
            }
            place += 1
        }
        return Signature.Parameter(types: types)
    }

    /// Steps over a parameter's own signature, and returns its first letter.
    private mutating func nested() -> UInt8? {
        let first = place + 1 < bytes.count ? bytes[place + 1] : nil
        var depth = 0
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "<") {
                depth += 1
            } else if bytes[place] == UInt8(ascii: ">") {
                depth -= 1
                if depth == 0 {
                    return first
                }
            }
            place += 1
        }
        return first
    }
}
