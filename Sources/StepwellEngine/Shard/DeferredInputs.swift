import StepwellHistory

/// Inputs that wait for their execution to record what came before them.
struct DeferredInputs {
    private var waiting: [ExecutionNumber: [InputCommand]] = [:]
    private var count = 0
    private var byteCount = 0

    /// Whether none waits.
    var isEmpty: Bool { waiting.isEmpty }

    /// Lets one wait; false when as many wait as may.
    mutating func add(_ command: InputCommand, limits: EngineLimits) -> Bool {
        let bytes = command.input.payloadBytes
        guard count < limits.deferredInputs, byteCount + bytes <= limits.deferredBytes else {
            return false
        }
        count += 1
        byteCount += bytes
        waiting[command.execution, default: []].append(command)
        return true
    }

    /// Takes out what waits for an execution, in order.
    mutating func remove(for number: ExecutionNumber) -> [InputCommand] {
        guard !waiting.isEmpty, let commands = waiting.removeValue(forKey: number) else {
            return []
        }
        count -= commands.count
        byteCount -= commands.reduce(0) { $0 + $1.input.payloadBytes }
        return commands
    }

    /// Takes out everything, in order of the executions.
    mutating func removeAll() -> [InputCommand] {
        waiting.keys.sorted().flatMap { remove(for: $0) }
    }
}
