import StepwellJSON

extension Builtins {
    /// What AWS's functions were in the first revision: they went by the descriptions of the
    /// JSONPath intrinsics of the same purpose.
    static let formerAdditions: [String: Builtin] = [
        "random": Builtin("random", "<n?:n>", 1) { (arguments, machine, _) throws(Fault) in
            guard let seed = arguments.number(0) else {
                return .number(machine.sources.fraction())
            }
            var state = seed.bitPattern
            return .number(Double(JSONataSources.word(&state) >> 11) * 0x1p-53)
        },
        "parse": Builtin("parse", "<s-:x>", 1) { (arguments, machine, _) throws(Fault) in
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
        "partition": Builtin("partition", "<an:a>", 2) { (arguments, machine, _) throws(Fault) in
            guard let node = arguments.array(0), let size = arguments.number(1) else {
                return .undefined
            }
            return try partition(node, size, machine)
        },
        "range": Builtin("range", "<nnn:a>", 3) { (arguments, _, _) throws(Fault) in
            guard let first = arguments.number(0), let last = arguments.number(1),
                let step = arguments.number(2)
            else {
                return .undefined
            }
            return try range(first, last, step)
        },
        "hash": Builtin("hash", "<s-s:s>", 2) { (arguments, machine, _) throws(Fault) in
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

    private static func partition(
        _ node: ArrayNode,
        _ size: Double,
        _ machine: Machine
    ) throws(Fault) -> Value {
        let width = size.rounded(.down)
        guard width >= 1 else {
            throw Fault("D3137", detail: "the size of a partition has to be at least 1")
        }
        return try Additions.parts(of: node, Int(min(width, Double(max(node.count, 1)))), machine)
    }

    private static func range(
        _ first: Double,
        _ last: Double,
        _ step: Double
    ) throws(Fault) -> Value {
        guard step != 0, [first, last, step].allSatisfy(\.isFinite) else {
            throw Fault("D3137", detail: "the step of a range cannot be 0")
        }
        let count = ((last - first) / step).rounded(.down) + 1
        guard count >= 1 else {
            return .array(ArrayNode())
        }
        guard count <= 1_000 else {
            throw Fault("D3137", detail: "a range cannot hold more than 1000 elements")
        }
        let values = (0..<Int(count)).map { Value.number(first + Double($0) * step) }
        return Value.array(ArrayNode(ContiguousArray(values), .sequence)).collapsed()
    }
}
