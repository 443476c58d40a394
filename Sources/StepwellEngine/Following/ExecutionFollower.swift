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
    }

    /// Where the log goes on behind what was given.
    package var cursor: StoreCursor { log.cursor }

    /// The next turns with events; nil when the engine has ended and all were given.
    ///
    /// Throws `StoreError` and `ServiceError` when they cannot be read, `CancellationError`.
    package mutating func next() async throws -> [FollowedTurn]? {
        while true {
            let stored = try await log.next()
            guard !stored.isEmpty else { return nil }
            var turns: [FollowedTurn] = []
            for turn in stored {
                if turn.execution == .catalog {
                    machines = [:]
                } else if let followed = try await follow(turn) {
                    turns.append(followed)
                }
            }
            return turns
        }
    }

    private mutating func follow(_ stored: StoredTurn) async throws -> FollowedTurn? {
        if let known = known[stored.execution], !isWanted(known) { return nil }
        let payloads = PayloadSource(store: engine.store, execution: stored.execution)
        let turn = try payloads.decode(stored)
        let before = try await execution(of: turn)
        let events = turn.records.compactMap { record -> HistoryEvent? in
            if case .event(let event) = record.body { event } else { nil }
        }
        var after = before
        for event in events { after.pass(event) }
        remember(after, turn)
        guard isWanted(before), !events.isEmpty else { return nil }
        return FollowedTurn(execution: before, number: turn.execution, events: events)
    }

    private func isWanted(_ execution: FollowedExecution) -> Bool {
        switch scope {
        case .standard: !execution.start.isExpress
        case .logged: execution.logging.level != .off
        }
    }

    private mutating func remember(_ execution: FollowedExecution, _ turn: Turn) {
        if turn.summary.status != .running {
            known[turn.execution] = nil
            return
        }
        if known.count >= Self.capacity { known.removeAll(keepingCapacity: true) }
        known[turn.execution] = execution
    }

    private mutating func execution(of turn: Turn) async throws -> FollowedExecution {
        if let known = known[turn.execution] { return known }
        if case .input(.start(let start))? = turn.records.first?.body {
            return try await opened(start, at: turn.time)
        }
        let reader = HistoryReader(store: engine.store)
        let first = try reader.read(turn.execution, Ordinal(1)...Ordinal(1))
        guard let opening = first.first,
            case .input(.start(let start))? = opening.records.first?.body
        else {
            throw ServiceError.internalFailure(
                "Execution \(turn.execution.rawValue) has no start."
            )
        }
        var execution = try await opened(start, at: opening.time)
        for event in try earlierRedrives(of: turn, reader) { execution.pass(event) }
        return execution
    }

    /// The redrives before a turn.
    private func earlierRedrives(
        of turn: Turn,
        _ reader: HistoryReader
    ) throws -> [HistoryEvent] {
        guard let head = try engine.store.head(of: turn.execution), head.redriveCount > 0 else {
            return []
        }
        var redrives: [HistoryEvent] = []
        var next = Ordinal(1)
        while next < turn.firstOrdinal {
            let found = try reader.events(of: turn.execution, from: next)
            guard found.next > next else { break }
            next = found.next
            redrives += found.events.filter { event in
                guard case .executionRedriven = event.body else { return false }
                return event.id < turn.firstEventID
            }
        }
        return redrives
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
