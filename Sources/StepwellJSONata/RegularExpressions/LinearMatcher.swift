/// Runs a program over all its threads at once, one unit of the text after the other.
///
/// A list holds each instruction at most once for each loop around it, in order of preference, so
/// that what a unit costs depends on the program alone.
struct LinearMatcher {
    private enum Pending {
        case visit(Int)
        case restore(slot: Int, value: Int)
    }

    private let expression: RegularExpression
    private let text: [UInt16]
    private(set) var steps: Int
    private var visited: [Int]
    private var firstStates: [Int] = []
    private var generation = 0
    private var tasks: [Pending] = []
    private var slots: [Int]

    init(expression: RegularExpression, text: [UInt16], steps: Int) {
        self.expression = expression
        self.text = text
        self.steps = steps
        var states = 0
        for depth in expression.depths {
            firstStates.append(states)
            states += depth + 1
        }
        visited = Array(repeating: 0, count: states)
        slots = Array(repeating: -1, count: expression.slotCount)
    }

    /// The slots of the first match from an index on.
    mutating func firstMatch(from start: Int) throws(JSONataPatternError) -> [Int]? {
        var current = ThreadList()
        var next = ThreadList()
        var found: [Int]?
        var position = start
        generation += 1
        while true {
            if found == nil {
                if current.isEmpty {
                    guard let candidate = expression.candidate(in: text, from: position) else {
                        return nil
                    }
                    try spend(1 + (candidate - position) / 8)
                    position = candidate
                }
                for index in slots.indices {
                    slots[index] = -1
                }
                try add(0, at: position, to: &current)
            }
            generation += 1
            next.removeAll()
            try step(current, at: position, into: &next, found: &found)
            swap(&current, &next)
            position += 1
            guard position <= text.count, found == nil || !current.isEmpty else {
                return found
            }
        }
    }

    private mutating func spend(_ count: Int) throws(JSONataPatternError) {
        steps -= count
        guard steps >= 0 else {
            throw .stepsExceeded
        }
    }

    private mutating func step(
        _ current: ThreadList,
        at position: Int,
        into next: inout ThreadList,
        found: inout [Int]?
    ) throws(JSONataPatternError) {
        let width = expression.slotCount
        for (index, instruction) in current.instructions.enumerated() {
            try spend(1)
            let consumes: Bool
            switch expression.program[instruction] {
            case .unit(let unit, _):
                consumes = position < text.count && folded(text[position]) == unit
            case .set(let set, _):
                consumes =
                    position < text.count && expression.sets[set].contains(folded(text[position]))
            case .match:
                found = Array(current.slots[(index * width)..<((index + 1) * width)])
                return
            default:
                consumes = false
            }
            if consumes {
                for slot in 0..<width {
                    slots[slot] = current.slots[index * width + slot]
                }
                try add(instruction + 1, at: position + 1, to: &next)
            }
        }
    }

    private func folded(_ unit: UInt16) -> UInt16 {
        expression.ignoreCase ? CaseFolding.canonical(unit) : unit
    }

    /// Adds an instruction and all that can be reached from it without consuming.
    private mutating func add(
        _ first: Int,
        at position: Int,
        to list: inout ThreadList
    ) throws(JSONataPatternError) {
        tasks.append(.visit(first))
        while let task = tasks.popLast() {
            guard case .visit(let index) = task else {
                if case .restore(let slot, let value) = task {
                    slots[slot] = value
                }
                continue
            }
            let state = firstStates[index] + freshLoops(around: index, at: position)
            guard visited[state] != generation else {
                continue
            }
            visited[state] = generation
            try spend(1)
            try visit(index, at: position, list: &list)
        }
    }

    /// How many of the loops around an instruction have consumed nothing yet in this iteration.
    ///
    /// Threads that differ in it have different futures. An inner loop begins no earlier than the
    /// one around it, so the number says which they are.
    private func freshLoops(around index: Int, at position: Int) -> Int {
        let first = expression.groupCount * 2
        var count = 0
        var slot = first + expression.depths[index] - 1
        while slot >= first, slots[slot] == position {
            count += 1
            slot -= 1
        }
        return count
    }

    private mutating func visit(
        _ index: Int,
        at position: Int,
        list: inout ThreadList
    ) throws(JSONataPatternError) {
        switch expression.program[index] {
        case .unit, .set, .match:
            try spend(slots.count / 16)
            list.instructions.append(index)
            list.slots += slots
        case .jump(let target):
            tasks.append(.visit(target))
        case .split(let first, let second):
            tasks.append(.visit(second))
            tasks.append(.visit(first))
        case .save(let slot):
            tasks.append(.restore(slot: slot, value: slots[slot]))
            slots[slot] = position
            tasks.append(.visit(index + 1))
        case .clear(let range):
            try spend(range.count / 4)
            for slot in range {
                tasks.append(.restore(slot: slot, value: slots[slot]))
                slots[slot] = -1
            }
            tasks.append(.visit(index + 1))
        case .progress(let slot):
            if slots[slot] != position {
                tasks.append(.visit(index + 1))
            }
        case .start, .end, .wordBoundary:
            if expression.holds(expression.program[index], in: text, at: position) {
                tasks.append(.visit(index + 1))
            }
        case .reference, .look:
            break
        }
    }
}

/// The threads that stand at one position of the text, the preferred first.
private struct ThreadList {
    var instructions: [Int] = []
    /// The slots of each thread, one thread behind the other.
    var slots: [Int] = []

    var isEmpty: Bool { instructions.isEmpty }

    mutating func removeAll() {
        instructions.removeAll(keepingCapacity: true)
        slots.removeAll(keepingCapacity: true)
    }
}
