import StepwellHistory

/// Follows the histories of all executions, or of those it is told to.
package struct ExecutionFollower {
    /// Which executions' turns are given.
    package enum Scope: Sendable {
        /// Those of Standard workflows.
        case standard
        /// Those whose state machine logs something.
        case logged
    }

    private let engine: Engine
    private let scope: Scope
    private var log: LogFollower
    /// Turns that were read and are not given yet.
    private var pending: ArraySlice<StoredTurn> = []
    /// From where on nothing is missed that was not given; a few turns may come again there.
    package private(set) var cursor: StoreCursor
    /// Executions that are open at this place in the log, as far as they are remembered.
    private var known: [ExecutionNumber: FollowedExecution] = [:]
    /// State machines as the catalog has them; forgotten when the catalog changes.
    private var machines: [String: StateMachineEntry?] = [:]

    /// Executions that are remembered at most; what was forgotten is read from the log again.
    private static let capacity = 16_384

    /// Follows from a cursor on; nil is from now on.
    ///
    /// Throws `StoreError` when the store cannot be read.
    package init(
        engine: Engine,
        scope: Scope,
        from cursor: StoreCursor? = nil
    ) throws(StoreError) {
        self.engine = engine
        self.scope = scope
        log = try LogFollower(engine: engine, from: cursor)
        self.cursor = log.cursor
    }

    /// The next turns with events; nil when the engine has ended and all were given.
    ///
    /// Throws `StoreError` and `ServiceError` when they cannot be read, `CancellationError`.
    package mutating func next() async throws -> [FollowedTurn]? {
        if pending.isEmpty {
            pending = try await log.next()[...]
            guard !pending.isEmpty else { return nil }
        }
        if known.count >= Self.capacity { known.removeAll(keepingCapacity: true) }
        let entries = try await decode()
        var turns: [FollowedTurn] = []
        for entry in entries {
            if entry.turn.execution == .catalog {
                machines = [:]
            } else if let content = entry.content,
                let followed = try await follow(content, of: entry.turn.execution)
            {
                turns.append(followed)
            }
        }
        pending = pending.dropFirst(entries.count)
        if pending.isEmpty { cursor = log.cursor }
        return turns
    }

    private func decode() async throws -> [FollowedLog.Entry] {
        let follower = FollowedLog(store: engine.store, scope: scope, known: known)
        return try await engine.reads.read(.page, isRefusable: false) { [pending] in
            try follower.entries(of: pending)
        }
    }

    private mutating func follow(
        _ content: FollowedLog.Content,
        of number: ExecutionNumber
    ) async throws -> FollowedTurn? {
        let before: FollowedExecution
        if let start = content.start, let date = content.startDate {
            var execution = try await opened(start, at: date)
            for event in content.earlierRedrives { execution.pass(event) }
            before = execution
        } else if let known = known[number] {
            before = known
        } else {
            throw ServiceError.internalFailure("Execution \(number.rawValue) has no start.")
        }
        var after = before
        for event in content.events { after.pass(event) }
        known[number] = content.isClosed ? nil : after
        guard scope.includes(before), !content.events.isEmpty else { return nil }
        return FollowedTurn(
            execution: before,
            number: number,
            events: content.events,
            input: content.input
        )
    }

    private mutating func opened(
        _ start: StartInput,
        at date: Timestamp
    ) async throws -> FollowedExecution {
        var start = start
        start.input = Payload(text: [])
        let logging =
            scope == .logged
            ? try await settings(of: start, startedAt: date)?.loggingConfiguration : nil
        return FollowedExecution(
            start: start,
            startDate: date,
            logging: logging ?? LoggingConfiguration()
        )
    }

    /// What an execution runs under, and with it what is logged of it.
    private mutating func settings(
        of start: StartInput,
        startedAt date: Timestamp
    ) async throws -> StateMachineSettings? {
        try await machine(of: start)?.settings(followedBy: start, startedAt: date)
    }

    private mutating func machine(of start: StartInput) async throws -> StateMachineEntry? {
        let arn = String(start.stateMachineARN.prefix { $0 != "/" })
        if let known = machines[arn] { return known }
        let machine = try await engine.readCatalog { $0.stateMachineEvenDeleted(arn) }
        machines[arn] = machine
        return machine
    }
}
