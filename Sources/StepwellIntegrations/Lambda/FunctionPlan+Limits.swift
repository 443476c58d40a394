extension FunctionPlan {
    /// How many processes and threads a function may have (developer guide, "Lambda quotas").
    private static let maximumThreads = 1_024

    /// Whether a process of the function has more processes and threads, with all that it has
    /// started, than it may.
    func isMultiplied(_ use: ProcessTable.Use) -> Bool { use.threads > Self.maximumThreads }

    /// What a process of the function fails with for what it takes, with all that it has started.
    ///
    /// Nil when that is not too much. It may block for a moment.
    func excess(_ use: ProcessTable.Use) -> WorkerFailure? {
        if isMultiplied(use) { return .tooManyProcesses }
        guard let limit = settings.memoryMegabytes.map({ $0 << 20 }), use.residentBytes > limit
        else { return nil }
        guard use.processes.count > 1 else { return .outOfMemory }
        // What processes share was counted for each.
        let bytes = MemoryUse.proportional(of: use.processes) ?? use.residentBytes
        return bytes > limit ? .outOfMemory : nil
    }
}
