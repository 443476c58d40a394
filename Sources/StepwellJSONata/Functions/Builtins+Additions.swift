import StepwellJSON

extension Builtins {
    /// The random number of the language itself.
    static let randomness: [Builtin] = [
        Builtin("random", "<:n>", 0) { (_, machine, _) throws(Fault) in
            .number(machine.sources.fraction())
        }
    ]

    /// What AWS adds, and `$random`, which takes a seed there; all of it as measured on AWS.
    ///
    /// The signatures are those that give AWS's errors: `$range` without a step and `$hash` without
    /// an algorithm are nothing, since the context, which is nothing, is their first argument then.
    static let additions: [Builtin] = [
        added("random", "<n?:n>", 1) { (arguments, machine, _) throws(Fault) in
            guard let seed = Additions.whole(arguments.at(0)) else {
                return .number(machine.sources.fraction())
            }
            return .number(JavaRandom.firstDouble(seed: seed))
        },
        Builtin("uuid", "<:s>", 0) { (_, machine, _) throws(Fault) in
            .string(Additions.uuid(machine.sources.word(), machine.sources.word()))
        },
        added("parse", "<s-:x>", 1) { (arguments, machine, _) throws(Fault) in
            guard let text = arguments.string(0) else {
                return .undefined
            }
            try machine.count(text.utf8.count)
            guard let value = Additions.parsed(text) else {
                throw Fault("D3137", detail: "Invalid JSON")
            }
            return value
        },
        added("partition", "<xn?:a>", 2) { (arguments, machine, _) throws(Fault) in
            try Additions.partition(arguments.at(0), Additions.whole(arguments.at(1)), machine)
        },
        added("range", "<n-nn:a>", 3) { (arguments, machine, _) throws(Fault) in
            guard let first = Additions.whole(arguments.at(0)),
                let last = Additions.whole(arguments.at(1)),
                let step = Additions.whole(arguments.at(2))
            else {
                return .undefined
            }
            return try Additions.range(first, last, step, machine)
        },
        added("hash", "<s-s:s>", 2) { (arguments, machine, _) throws(Fault) in
            guard let text = arguments.string(0), let name = arguments.string(1) else {
                return .undefined
            }
            try machine.count(text.utf8.count)
            guard let digest = Hashing.digest(Array(text.utf8), algorithm: name) else {
                throw Fault(
                    "D3137",
                    detail: "Hash algorithm '\(name)' must be one of SHA-1, SHA-384, SHA-256, "
                        + "SHA-512, MD5"
                )
            }
            return .string(digest)
        },
    ]

    /// A function of AWS's that was another in the first revision.
    private static func added(
        _ name: String,
        _ signature: String,
        _ arity: Int,
        _ run: @escaping Builtin.Body
    ) -> Builtin {
        Builtin(name, signature, arity, former: formerAdditions[name], run)
    }
}

/// What AWS's functions do.
enum Additions {
    /// The most elements of `$range`: one more does not fit what AWS lets an expression have, whose
    /// growing list would need room for 540,217.
    private static let longestRange = 360_145

    /// A random UUID, of version 4.
    static func uuid(_ first: UInt64, _ second: UInt64) -> String {
        let high = first & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let low = second & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        let digits = Array((hexadecimal(high) + hexadecimal(low)).utf8)
        let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        return parts.map { String(decoding: digits[$0], as: UTF8.self) }.joined(separator: "-")
    }

    private static func hexadecimal(_ word: UInt64) -> String {
        let digits = String(word, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    /// A number cut towards zero, nil when there is none.
    ///
    /// As Java casts to `long`: what is too large becomes the largest, what is no number 0.
    static func whole(_ value: Value) -> Int64? {
        if case .literal(let literal) = value, case .integer(let exact) = literal.json.storage {
            return exact
        }
        guard let number = value.number else { return nil }
        guard !number.isNaN else { return 0 }
        return Int64(exactly: number.rounded(.towardZero)) ?? (number < 0 ? .min : .max)
    }

    /// A JSON text's value; nil when it is none to AWS, which takes no member twice and no number
    /// that a double cannot hold.
    static func parsed(_ text: String) -> Value? {
        guard let json = try? JSONParser.parse(text), members(of: json) == written(text) else {
            return nil
        }
        return Value(json)
    }

    /// How many members the objects of a value have; nil when a number is too large for a double.
    private static func members(of json: JSONValue) -> Int? {
        switch json {
        case .null, .bool, .string: return 0
        case .number(let number): return number.double.isFinite ? 0 : nil
        case .array(let elements):
            var count = 0
            for element in elements {
                guard let inner = members(of: element) else { return nil }
                count += inner
            }
            return count
        case .object(let object):
            var count = object.count
            for member in object {
                guard let inner = members(of: member.value) else { return nil }
                count += inner
            }
            return count
        }
    }

    /// How many members are written in a JSON text: the colons that no string holds.
    private static func written(_ text: String) -> Int {
        var members = 0
        var isString = false
        var isEscaped = false
        for byte in text.utf8 {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\"") {
                isString.toggle()
            } else if isString {
                isEscaped = byte == UInt8(ascii: "\\")
            } else if byte == UInt8(ascii: ":") {
                members += 1
            }
        }
        return members
    }

    static func partition(
        _ value: Value,
        _ size: Int64?,
        _ machine: Machine
    ) throws(Fault) -> Value {
        guard value.isDefined else { return .undefined }
        guard case .array(let node) = value else {
            let detail = "1 \(ErrorMessages.unknownKind)"
            throw Fault("T0412", value: value.json(), detail: detail)
        }
        guard node.count > 0 else { return .undefined }
        guard let size else { return try parts(of: node, node.count, machine) }
        guard size >= 0 else {
            throw Fault("D3137", detail: "Second argument must be zero or greater")
        }
        guard size > 0 else { return .undefined }
        return try parts(of: node, Int(min(size, Int64(node.count))), machine)
    }

    /// An array in parts of a width.
    static func parts(
        of node: ArrayNode,
        _ width: Int,
        _ machine: Machine
    ) throws(Fault) -> Value {
        try machine.count(node.count)
        var parts: ContiguousArray<Value> = []
        for start in stride(from: 0, to: node.count, by: width) {
            let part = node.elements[start..<min(start + width, node.count)]
            parts.append(.array(ArrayNode(ContiguousArray(part))))
        }
        return try machine.checked(.array(ArrayNode(parts)))
    }

    static func range(
        _ first: Int64,
        _ last: Int64,
        _ step: Int64,
        _ machine: Machine
    ) throws(Fault) -> Value {
        guard step != 0, first == last || (first < last) == (step > 0) else { return .undefined }
        let distance = first < last ? last.subtracting(first) : first.subtracting(last)
        let count = distance / step.magnitude
        guard count < longestRange else {
            throw Fault("U1001", detail: "length")
        }
        try machine.count(Int(count))
        let values = (0...Int64(count)).map { Value.number(Double(first &+ $0 &* step)) }
        // A sequence: a range of one number is that number.
        return Value.array(ArrayNode(ContiguousArray(values), .sequence)).collapsed()
    }
}

extension Int64 {
    /// How far a smaller number is below this one.
    fileprivate func subtracting(_ other: Int64) -> UInt64 {
        UInt64(bitPattern: self &- other)
    }
}
