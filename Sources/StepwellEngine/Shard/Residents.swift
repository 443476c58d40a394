import DequeModule
import StepwellHistory

/// The execution states in memory, bounded in number and in bytes.
///
/// The bytes are those of the logs that the states were made from, which are known, and of the
/// values that were made of them since.
struct Residents {
    private var states: [ExecutionNumber: ResidentExecution] = [:]
    /// The order in which eviction looks at them.
    private var evictionOrder: Deque<ExecutionNumber> = []
    /// About how many bytes they take.
    private(set) var byteCount = 0

    /// How many there are.
    var count: Int { states.count }

    /// The one of a number.
    subscript(number: ExecutionNumber) -> ResidentExecution? { states[number] }

    /// Takes a state in.
    mutating func insert(_ resident: ResidentExecution) {
        remove(resident.number)
        states[resident.number] = resident
        evictionOrder.append(resident.number)
        weigh(resident)
    }

    /// Takes a state out.
    @discardableResult
    mutating func remove(_ number: ExecutionNumber) -> ResidentExecution? {
        guard let resident = states.removeValue(forKey: number) else { return nil }
        byteCount -= resident.weight
        resident.weight = 0
        return resident
    }

    /// Notes that a state has grown or shrunk.
    mutating func weigh(_ resident: ResidentExecution) {
        // One that is on its way out is weighed when it is back.
        guard states[resident.number] === resident else { return }
        let weight = resident.byteCount
        byteCount += weight - resident.weight
        resident.weight = weight
    }

    /// Lets go of states that were not used lately while there are more than may be: a second
    /// chance to each, none to those that cannot be read back yet or are waited for.
    mutating func evict(_ limits: EngineLimits, durable: UInt64) {
        var looks = 0
        while states.count > limits.residentExecutions || byteCount > limits.residentBytes,
            looks < 256, let number = evictionOrder.popFirst()
        {
            looks += 1
            guard let resident = states[number] else { continue }
            if resident.isPinned || resident.isRecent || resident.lastBatch > durable {
                resident.isRecent = false
                evictionOrder.append(number)
            } else {
                remove(number)
            }
        }
        // Closed executions leave their places behind.
        if evictionOrder.count > 2 * states.count + 1_024 {
            evictionOrder.removeAll { states[$0] == nil }
        }
    }
}
