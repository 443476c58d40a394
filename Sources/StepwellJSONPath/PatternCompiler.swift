/// Compiles the part of Java's regular expressions that needs no backtracking.
///
/// Back references, look-around, possessive and Unicode property constructs are refused by name.
struct PatternCompiler {
    let scalars: [Unicode.Scalar]
    /// The byte where the pattern starts in the path, for errors.
    let origin: Int
    var position = 0
    var nesting = 0
    var foldsCase = false
    var isMultiline = false
    var dotTakesAll = false
    private var instructions: [PatternProgram.Instruction] = []
    /// The nodes emitted so far; repeated empty groups cost these and no instructions.
    private var emitted = 0

    init(_ pattern: String, origin: Int) {
        scalars = Array(pattern.unicodeScalars)
        self.origin = origin
    }

    /// The program of the pattern with the flags `i`, `m` and `s`.
    mutating func compile(
        flags: ArraySlice<UInt8>
    ) throws(JSONPathSyntaxError) -> PatternProgram {
        for flag in flags {
            switch flag {
            case UInt8(ascii: "i"): foldsCase = true
            case UInt8(ascii: "m"): isMultiline = true
            case UInt8(ascii: "s"): dotTakesAll = true
            default: throw failure("the pattern flag '\(Unicode.Scalar(flag))' is not supported")
            }
        }
        let node = try parseAlternatives()
        guard position == scalars.count else { throw failure("unmatched ')' in the pattern") }
        try emit(node)
        try emit(.accept)
        return PatternProgram(instructions: instructions)
    }

    func failure(_ reason: String) -> JSONPathSyntaxError {
        let before = scalars.prefix(position).reduce(0) { $0 + UTF8.width($1) }
        return JSONPathSyntaxError(reason: reason, offset: origin + before)
    }

    private mutating func emit(
        _ instruction: PatternProgram.Instruction
    ) throws(JSONPathSyntaxError) {
        guard instructions.count < PathLimits.patternInstructions else {
            let limit = PathLimits.patternInstructions
            throw failure("the pattern needs more than \(limit) instructions")
        }
        instructions.append(instruction)
    }

    private mutating func emit(_ node: PatternNode) throws(JSONPathSyntaxError) {
        emitted += 1
        guard emitted <= 4 * PathLimits.patternInstructions else {
            throw failure("the pattern repeats too much")
        }
        switch node {
        case .set(let set): try emit(.consume(set))
        case .assertion(let assertion): try emit(.check(assertion))
        case .sequence(let nodes):
            for node in nodes {
                try emit(node)
            }
        case .alternatives(let nodes): try emitAlternatives(nodes)
        case .repetition(let node, let minimum, let maximum):
            try emitRepetition(node, minimum, maximum)
        }
    }

    private mutating func emitAlternatives(_ nodes: [PatternNode]) throws(JSONPathSyntaxError) {
        var exits: [Int] = []
        for (position, node) in nodes.enumerated() {
            guard position < nodes.count - 1 else {
                try emit(node)
                break
            }
            let split = instructions.count
            try emit(.jump(0))
            try emit(node)
            exits.append(instructions.count)
            try emit(.jump(0))
            instructions[split] = .split(split + 1, instructions.count)
        }
        for exit in exits {
            instructions[exit] = .jump(instructions.count)
        }
    }

    private mutating func emitRepetition(
        _ node: PatternNode,
        _ minimum: Int,
        _ maximum: Int?
    ) throws(JSONPathSyntaxError) {
        for _ in 0..<minimum {
            try emit(node)
        }
        guard let maximum else {
            let split = instructions.count
            try emit(.jump(0))
            try emit(node)
            try emit(.jump(split))
            instructions[split] = .split(split + 1, instructions.count)
            return
        }
        var splits: [Int] = []
        for _ in minimum..<maximum {
            splits.append(instructions.count)
            try emit(.jump(0))
            try emit(node)
        }
        for split in splits {
            instructions[split] = .split(split + 1, instructions.count)
        }
    }
}
