import DequeModule
import StepwellHistory

/// Executions whose next decision takes long, on their way out of memory: nobody finds them there
/// any more, and what is wanted of them waits until the decision is made.
struct PutOffDecisions {
    private var order: Deque<ExecutionNumber> = []
    private var states: [ExecutionNumber: ResidentExecution] = [:]
    private var weights: [ExecutionNumber: Int] = [:]
    /// Those in the order that are not put off any more.
    private var removed: Set<ExecutionNumber> = []
    /// About how many bytes the states take.
    private(set) var byteCount = 0

    /// Whether there are none.
    var isEmpty: Bool { order.isEmpty }

    /// The state of an execution, unless it was let go of.
    subscript(number: ExecutionNumber) -> ResidentExecution? { states[number] }

    /// Those that are to be looked at next.
    func first(_ count: Int) -> Deque<ExecutionNumber>.SubSequence { order.prefix(count) }

    /// Takes an execution in, behind the others.
    mutating func append(_ resident: ResidentExecution) {
        if removed.remove(resident.number) == nil { order.append(resident.number) }
        states[resident.number] = resident
        weights[resident.number] = resident.byteCount
        byteCount += resident.byteCount
    }

    /// Takes out the next one: its state too, unless it was let go of.
    mutating func popFirst() -> (number: ExecutionNumber, state: ResidentExecution?)? {
        while let number = order.popFirst() {
            if removed.remove(number) == nil { return (number, letGo(of: number)) }
        }
        return nil
    }

    /// Lets go of a state, all of which is durable: it is read again for the decision.
    @discardableResult
    mutating func letGo(of number: ExecutionNumber) -> ResidentExecution? {
        byteCount -= weights.removeValue(forKey: number) ?? 0
        return states.removeValue(forKey: number)
    }

    /// Forgets an execution whose state is there.
    mutating func remove(_ number: ExecutionNumber) -> ResidentExecution? {
        guard let resident = letGo(of: number) else { return nil }
        removed.insert(number)
        return resident
    }
}
