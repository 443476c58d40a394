/// A compiled pattern, run as a set of states over the text: its time is bounded by the size of
/// the program times the length of the text, whatever the pattern.
struct PatternProgram: Sendable {
    enum Instruction: Sendable {
        case consume(PatternSet)
        case check(PatternAssertion)
        case jump(Int)
        case split(Int, Int)
        case accept
    }

    let instructions: [Instruction]

    /// Whether the pattern matches all of `text`; `nil` when the budget runs out.
    func matches(_ text: String, budget: inout EvaluationBudget) -> Bool? {
        let scalars = text.unicodeScalars.map(\.value)
        var states: [Int] = []
        var next: [Int] = [0]
        var marks = [Int](repeating: -1, count: instructions.count)
        for position in 0...scalars.count {
            states.removeAll(keepingCapacity: true)
            swap(&states, &next)
            var accepts = false
            var cursor = 0
            while cursor < states.count {
                let state = states[cursor]
                cursor += 1
                guard marks[state] != position else { continue }
                marks[state] = position
                guard budget.spend() else { return nil }
                switch instructions[state] {
                case .accept: accepts = true
                case .jump(let target): states.append(target)
                case .split(let first, let second): states += [first, second]
                case .check(let assertion):
                    if assertion.holds(at: position, in: scalars) { states.append(state + 1) }
                case .consume(let set):
                    if position < scalars.count, set.contains(scalars[position]) {
                        next.append(state + 1)
                    }
                }
            }
            if position == scalars.count { return accepts }
            if next.isEmpty { return false }
        }
        return false
    }
}
