import StepwellHistory

/// Those who wait for an execution to go on or to close.
struct WatchTable {
    private var byExecution: [ExecutionNumber: [WatchCommand]] = [:]
    private var executions: [RequestID: ExecutionNumber] = [:]

    /// How many wait.
    var count: Int { executions.count }

    mutating func add(_ watch: WatchCommand) {
        byExecution[watch.execution, default: []].append(watch)
        executions[watch.id] = watch.execution
    }

    /// Takes out a watch that was taken back.
    mutating func remove(_ id: RequestID) -> WatchCommand? {
        guard let execution = executions.removeValue(forKey: id),
            let index = byExecution[execution]?.firstIndex(where: { $0.id == id })
        else { return nil }
        let watch = byExecution[execution]?.remove(at: index)
        if byExecution[execution]?.isEmpty == true { byExecution[execution] = nil }
        return watch
    }

    /// Takes out the watches of an execution that its head answers.
    mutating func take(answeredBy head: ExecutionHead) -> [WatchCommand] {
        guard let watches = byExecution[head.execution] else { return [] }
        let answered = watches.filter { head.answers($0) }
        guard !answered.isEmpty else { return [] }
        let rest = watches.filter { !head.answers($0) }
        byExecution[head.execution] = rest.isEmpty ? nil : rest
        for watch in answered { executions[watch.id] = nil }
        return answered
    }

    /// Takes out every watch of some executions.
    mutating func removeAll(of number: ExecutionNumber) -> [WatchCommand] {
        let watches = byExecution.removeValue(forKey: number) ?? []
        for watch in watches { executions[watch.id] = nil }
        return watches
    }

    /// Takes out everything.
    mutating func removeAll() -> [WatchCommand] {
        let numbers = byExecution.keys.sorted()
        return numbers.flatMap { removeAll(of: $0) }
    }
}

extension ExecutionHead {
    /// Whether a watch has what it waits for.
    func answers(_ watch: WatchCommand) -> Bool {
        if summary.status != .running { return true }
        guard let beyond = watch.beyond else { return false }
        return lastOrdinal > beyond
    }
}
