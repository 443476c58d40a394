/// Turns a parsed pattern into a program.
struct PatternCompiler {
    /// How many instructions a program may have.
    static let maximumSize = 20_000
    /// How many positions the threads of a match may note in all.
    static let maximumCells = 2_000_000

    private let names: [[UInt16]: Int]
    private let ignoreCase: Bool
    private(set) var program: [PatternInstruction] = []
    /// Within how many loops that check their progress each instruction stands.
    private(set) var depths: [Int] = []
    private(set) var sets: [UnitSet] = []
    private(set) var slotCount: Int
    let firstLoopSlot: Int
    private var loopDepth = 0
    /// Whether the program needs the matcher that backtracks.
    private(set) var needsBacktracking = false

    init(groupCount: Int, names: [[UInt16]: Int], ignoreCase: Bool) {
        self.names = names
        self.ignoreCase = ignoreCase
        slotCount = groupCount * 2
        firstLoopSlot = slotCount
    }

    /// Compiles the whole pattern.
    mutating func compile(whole node: PatternNode) throws(JSONataPatternError) {
        try emit(.save(0))
        try compile(node, backward: false)
        try emit(.save(1))
        try emit(.match)
        guard program.count * slotCount <= Self.maximumCells else {
            throw .tooComplex
        }
    }

    private mutating func emit(_ instruction: PatternInstruction) throws(JSONataPatternError) {
        guard program.count < Self.maximumSize else {
            throw .tooComplex
        }
        program.append(instruction)
        depths.append(loopDepth)
    }

    private mutating func compile(
        _ node: PatternNode,
        backward: Bool
    ) throws(JSONataPatternError) {
        switch node {
        case .empty:
            break
        case .unit(let unit):
            let wanted = ignoreCase ? CaseFolding.canonical(unit) : unit
            try emit(.unit(wanted, backward: backward))
        case .set(let set):
            sets.append(ignoreCase ? set.canonicalized() : set)
            try emit(.set(sets.count - 1, backward: backward))
        case .start:
            try emit(.start)
        case .end:
            try emit(.end)
        case .wordBoundary(let inverted):
            try emit(.wordBoundary(inverted: inverted))
        case .group(let body, let index):
            try emit(.save(index * 2 + (backward ? 1 : 0)))
            try compile(body, backward: backward)
            try emit(.save(index * 2 + (backward ? 0 : 1)))
        case .reference(let index):
            needsBacktracking = true
            try emit(.reference(index, backward: backward))
        case .namedReference(let name, let offset):
            guard let index = names[name] else {
                throw .syntax(message: "invalid named capture referenced", offset: offset)
            }
            try compile(.reference(index), backward: backward)
        case .look(let body, let behind, let negative):
            needsBacktracking = true
            let start = program.count
            try emit(.match)
            try compile(body, backward: behind)
            try emit(.match)
            program[start] = .look(negative: negative, next: program.count)
        case .sequence(let parts):
            for index in parts.indices {
                try compile(parts[backward ? parts.count - 1 - index : index], backward: backward)
            }
        case .choice(let branches):
            try compile(choice: branches, backward: backward)
        case .loop(let body, let least, let most, let lazy, let groups):
            let loop = Loop(body: body, isLazy: lazy, groups: groups, backward: backward)
            try compile(loop, least: least, most: most)
        }
    }

    private mutating func compile(
        choice branches: [PatternNode],
        backward: Bool
    ) throws(JSONataPatternError) {
        var exits: [Int] = []
        for (index, branch) in branches.enumerated() {
            guard index < branches.count - 1 else {
                try compile(branch, backward: backward)
                break
            }
            let split = program.count
            try emit(.match)
            try compile(branch, backward: backward)
            exits.append(program.count)
            try emit(.match)
            program[split] = .split(split + 1, program.count)
        }
        for exit in exits {
            program[exit] = .jump(program.count)
        }
    }

    private struct Loop {
        let body: PatternNode
        let isLazy: Bool
        let groups: Range<Int>
        let backward: Bool
    }

    private mutating func compile(
        _ loop: Loop,
        least: Int,
        most: Int?
    ) throws(JSONataPatternError) {
        for _ in 0..<least {
            let before = program.count
            try compile(iteration: loop, checked: false)
            if program.count == before {
                break
            }
        }
        guard let most else {
            let split = program.count
            try emit(.match)
            try compile(iteration: loop, checked: loop.body.isNullable)
            try emit(.jump(split))
            set(split, loop, exit: program.count)
            return
        }
        var splits: [Int] = []
        for _ in least..<most {
            splits.append(program.count)
            try emit(.match)
            try compile(iteration: loop, checked: loop.body.isNullable)
        }
        for split in splits {
            set(split, loop, exit: program.count)
        }
    }

    private mutating func set(_ split: Int, _ loop: Loop, exit: Int) {
        program[split] = loop.isLazy ? .split(exit, split + 1) : .split(split + 1, exit)
    }

    private mutating func compile(
        iteration loop: Loop,
        checked: Bool
    ) throws(JSONataPatternError) {
        if !loop.groups.isEmpty {
            try emit(.clear((loop.groups.lowerBound * 2)..<(loop.groups.upperBound * 2)))
        }
        // Loops that do not contain one another never run at once and share a slot.
        let slot = firstLoopSlot + loopDepth
        if checked {
            slotCount = max(slotCount, slot + 1)
            try emit(.save(slot))
        }
        loopDepth += checked ? 1 : 0
        try compile(loop.body, backward: loop.backward)
        if checked {
            try emit(.progress(slot))
            loopDepth -= 1
        }
    }
}
