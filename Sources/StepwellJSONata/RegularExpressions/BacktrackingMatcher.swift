/// Runs a program by trying one way after the other, with a stack of its own.
///
/// It recurses only into what looks around, as deep as the pattern nests that.
struct BacktrackingMatcher {
    private enum Choice {
        case resume(instruction: Int, position: Int)
        case restore(slot: Int, value: Int)
    }

    /// How many choices may be open at once, which bounds the memory.
    private static let maximumChoices = 2_000_000

    private let expression: RegularExpression
    private let text: [UInt16]
    private(set) var steps: Int
    private var slots: [Int]
    private var choices: [Choice] = []

    init(expression: RegularExpression, text: [UInt16], steps: Int) {
        self.expression = expression
        self.text = text
        self.steps = steps
        slots = Array(repeating: -1, count: expression.slotCount)
    }

    /// The slots of the first match from an index on.
    mutating func firstMatch(from start: Int) throws(JSONataPatternError) -> [Int]? {
        var position = start
        while let candidate = expression.candidate(in: text, from: position) {
            try spend(1 + (candidate - position) / 8)
            for index in slots.indices {
                slots[index] = -1
            }
            choices.removeAll(keepingCapacity: true)
            if try run(from: 0, at: candidate) {
                return slots
            }
            position = candidate + 1
        }
        return nil
    }

    private mutating func spend(_ count: Int) throws(JSONataPatternError) {
        steps -= count
        guard steps >= 0, choices.count <= Self.maximumChoices else {
            throw .stepsExceeded
        }
    }

    /// Runs up to a `match`; on failure the slots are as they were.
    private mutating func run(
        from first: Int,
        at start: Int
    ) throws(JSONataPatternError) -> Bool {
        let floor = choices.count
        var index = first
        var position = start
        while true {
            try spend(1)
            if case .match = expression.program[index] {
                return true
            }
            if try advance(&index, &position) {
                continue
            }
            guard let choice = backtrack(to: floor) else {
                return false
            }
            (index, position) = choice
        }
    }

    /// Undoes what was noted since the newest open choice and takes it.
    private mutating func backtrack(to floor: Int) -> (Int, Int)? {
        while choices.count > floor, let choice = choices.popLast() {
            switch choice {
            case .resume(let instruction, let position): return (instruction, position)
            case .restore(let slot, let value): slots[slot] = value
            }
        }
        return nil
    }

    private mutating func note(_ slot: Int, _ value: Int) {
        choices.append(.restore(slot: slot, value: slots[slot]))
        slots[slot] = value
    }

    /// Executes one instruction; `false` where it fails.
    private mutating func advance(
        _ index: inout Int,
        _ position: inout Int
    ) throws(JSONataPatternError) -> Bool {
        let instruction = expression.program[index]
        index += 1
        switch instruction {
        case .unit(let unit, let backward):
            return consume(&position, backward) { folded($0) == unit }
        case .set(let set, let backward):
            return consume(&position, backward) { expression.sets[set].contains(folded($0)) }
        case .start, .end, .wordBoundary:
            return expression.holds(instruction, in: text, at: position)
        case .split(let first, let second):
            choices.append(.resume(instruction: second, position: position))
            index = first
        case .jump(let target):
            index = target
        case .save(let slot):
            note(slot, position)
        case .clear(let range):
            try spend(range.count / 4)
            for slot in range where slots[slot] != -1 {
                note(slot, -1)
            }
        case .progress(let slot):
            return slots[slot] != position
        case .reference(let group, let backward):
            return try consumeReference(group, backward, &position)
        case .look(let negative, let next):
            let matched = try look(from: index, at: position, keeping: !negative)
            index = next
            return matched != negative
        case .match:
            break
        }
        return true
    }

    /// Whether what is looked for is there; its captures stay when it is and they are wanted.
    private mutating func look(
        from first: Int,
        at position: Int,
        keeping: Bool
    ) throws(JSONataPatternError) -> Bool {
        let floor = choices.count
        guard try run(from: first, at: position) else {
            return false
        }
        var undo: [Choice] = []
        while choices.count > floor, let choice = choices.popLast() {
            guard case .restore(let slot, let value) = choice else {
                continue
            }
            if keeping {
                undo.append(choice)
            } else {
                slots[slot] = value
            }
        }
        choices += undo.reversed()
        return true
    }

    private func folded(_ unit: UInt16) -> UInt16 {
        expression.ignoreCase ? CaseFolding.canonical(unit) : unit
    }

    private func consume(
        _ position: inout Int,
        _ backward: Bool,
        _ accepts: (UInt16) -> Bool
    ) -> Bool {
        let index = backward ? position - 1 : position
        guard text.indices.contains(index), accepts(text[index]) else {
            return false
        }
        position = backward ? index : index + 1
        return true
    }

    private mutating func consumeReference(
        _ group: Int,
        _ backward: Bool,
        _ position: inout Int
    ) throws(JSONataPatternError) -> Bool {
        let from = slots[group * 2]
        let to = slots[group * 2 + 1]
        guard from >= 0, to >= from else {
            return true
        }
        try spend((to - from) / 8)
        let start = backward ? position - (to - from) : position
        guard start >= 0, start + (to - from) <= text.count else {
            return false
        }
        for offset in 0..<(to - from)
        where folded(text[start + offset]) != folded(text[from + offset]) {
            return false
        }
        position = backward ? start : start + (to - from)
        return true
    }
}
