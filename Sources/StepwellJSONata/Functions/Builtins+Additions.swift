import StepwellJSON

extension Builtins {
    /// The random number of the language itself.
    static let randomness: [Builtin] = [
        Builtin("random", "<:n>", 0) { (_, machine, _) throws(Fault) in
            .number(machine.sources.fraction())
        }
    ]

    /// What AWS adds, and `$random`, which takes a seed there.
    static let additions: [Builtin] = [
        Builtin("random", "<n?:n>", 1) { (arguments, machine, _) throws(Fault) in
            guard let seed = arguments.number(0) else {
                return .number(machine.sources.fraction())
            }
            var state = seed.bitPattern
            return .number(Double(JSONataSources.word(&state) >> 11) * 0x1p-53)
        },
        Builtin("uuid", "<:s>", 0) { (_, machine, _) throws(Fault) in
            .string(Additions.uuid(machine.sources.word(), machine.sources.word()))
        },
        Builtin("parse", "<s-:x>", 1) { (arguments, machine, _) throws(Fault) in
            guard let text = arguments.string(0) else {
                return .undefined
            }
            try machine.count(text.utf8.count)
            do throws(JSONParseError) {
                return Value(try JSONParser.parse(text))
            } catch {
                throw Fault(
                    "D3137",
                    detail: "the argument of $parse is not JSON: column \(error.column): "
                        + error.reason
                )
            }
        },
        Builtin("partition", "<an:a>", 2) { (arguments, machine, _) throws(Fault) in
            guard let node = arguments.array(0), let size = arguments.number(1) else {
                return .undefined
            }
            return try Additions.partition(node, size, machine)
        },
        Builtin("range", "<nnn:a>", 3) { (arguments, machine, _) throws(Fault) in
            guard let first = arguments.number(0), let last = arguments.number(1),
                let step = arguments.number(2)
            else {
                return .undefined
            }
            return try Additions.range(first, last, step, machine)
        },
        Builtin("hash", "<s-s:s>", 2) { (arguments, machine, _) throws(Fault) in
            guard let text = arguments.string(0), let name = arguments.string(1) else {
                return .undefined
            }
            try machine.count(text.utf8.count)
            guard let digest = Hashing.digest(Array(text.utf8), algorithm: name) else {
                throw Fault("D3137", detail: "unknown hash algorithm \(name)")
            }
            return .string(digest)
        },
    ]
}

/// What AWS's functions do.
enum Additions {
    /// The most elements of `$range`, as of `States.ArrayRange`.
    private static let longestRange = 1_000

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

    static func partition(
        _ node: ArrayNode,
        _ size: Double,
        _ machine: Machine
    ) throws(Fault) -> Value {
        let width = size.rounded(.down)
        guard width >= 1 else {
            throw Fault("D3137", detail: "the size of a partition has to be at least 1")
        }
        try machine.count(node.count)
        let step = Int(min(width, Double(max(node.count, 1))))
        var parts: ContiguousArray<Value> = []
        for start in stride(from: 0, to: node.count, by: step) {
            let part = node.elements[start..<min(start + step, node.count)]
            parts.append(.array(ArrayNode(ContiguousArray(part))))
        }
        return try machine.checked(.array(ArrayNode(parts)))
    }

    static func range(
        _ first: Double,
        _ last: Double,
        _ step: Double,
        _ machine: Machine
    ) throws(Fault) -> Value {
        guard step != 0, [first, last, step].allSatisfy(\.isFinite) else {
            throw Fault("D3137", detail: "the step of a range cannot be 0")
        }
        let count = ((last - first) / step).rounded(.down) + 1
        guard count >= 1 else {
            return .array(ArrayNode())
        }
        guard count <= Double(longestRange) else {
            throw Fault("D3137", detail: "a range cannot hold more than 1000 elements")
        }
        let values = (0..<Int(count)).map { Value.number(first + Double($0) * step) }
        // A sequence, as AWS has it: a range of one number is that number.
        return Value.array(ArrayNode(ContiguousArray(values), .sequence)).collapsed()
    }
}
