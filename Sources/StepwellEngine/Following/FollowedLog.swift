import StepwellHistory

/// Decodes turns for those who follow them, in a thread that may read.
struct FollowedLog: Sendable {
    let store: any EventStore
    let scope: ExecutionFollower.Scope
    /// Executions that are open at the first of the turns, as far as they are remembered.
    let known: [ExecutionNumber: FollowedExecution]

    /// About how many bytes are decoded at a time; what turns refer to may be far larger than they.
    private static let byteLimit = 4 << 20

    /// A turn and what its reader has to know to go on.
    struct Entry: Sendable {
        let turn: StoredTurn
        /// Nil for the catalog's turns and for those of executions that are not followed.
        var content: Content?
    }

    struct Content: Sendable {
        let time: Timestamp
        let isClosed: Bool
        var events: [HistoryEvent] = []
        /// What the execution was started with, and when; nil when it is known.
        var start: StartInput?
        var startDate: Timestamp?
        /// The redrives before the turn, of an execution that was not known.
        var earlierRedrives: [HistoryEvent] = []
        /// See `FollowedTurn`.
        var input: Payload?
    }

    /// As many turns as are decoded at a time, at least one.
    func entries(of stored: ArraySlice<StoredTurn>) throws -> [Entry] {
        var entries: [Entry] = []
        var bytes = 0
        // Whether an execution is known behind the turns so far, where that has changed.
        var changes: [ExecutionNumber: Bool] = [:]
        for turn in stored {
            guard bytes < Self.byteLimit else { break }
            var entry = Entry(turn: turn)
            let number = turn.execution
            if number != .catalog, known[number].map(scope.includes) ?? true {
                let isKnown = changes[number] ?? (known[number] != nil)
                let source = PayloadSource(store: store, execution: number)
                let content = try content(of: turn, isKnown: isKnown, source)
                changes[number] = !content.isClosed
                bytes += source.bytesRead
                entry.content = content
            }
            entries.append(entry)
        }
        return entries
    }

    private func content(
        of stored: StoredTurn,
        isKnown: Bool,
        _ source: PayloadSource
    ) throws -> Content {
        let turn = try source.turn(stored)
        var content = Content(time: turn.time, isClosed: turn.summary.status != .running)
        for case .event(let event) in turn.records.map(\.body) where scope.shows(event) {
            content.events.append(try source.whole(event, in: turn))
        }
        var opening = turn.firstOrdinal == Ordinal(1) ? turn : nil
        if !isKnown, opening == nil {
            opening = try first(of: stored.execution, source)
            content.earlierRedrives = try redrives(before: turn)
        }
        if !isKnown {
            content.start = try start(in: opening, of: stored.execution)
            content.startDate = opening?.time
        }
        if scope == .standard, content.events.contains(where: \.body.changesStatus) {
            let opening = try opening ?? first(of: stored.execution, source)
            content.input = try start(in: opening, of: stored.execution).input
        }
        return content
    }

    private func first(of number: ExecutionNumber, _ source: PayloadSource) throws -> Turn? {
        try source.turns(Ordinal(1)...Ordinal(1), byteLimit: 1).first
    }

    private func start(in opening: Turn?, of number: ExecutionNumber) throws -> StartInput {
        guard case .input(.start(let start))? = opening?.records.first?.body else {
            throw ServiceError.internalFailure("Execution \(number.rawValue) has no start.")
        }
        return start
    }

    /// The redrives of the turn's execution before it.
    private func redrives(before turn: Turn) throws -> [HistoryEvent] {
        guard let head = try store.head(of: turn.execution), head.redriveCount > 0 else {
            return []
        }
        var redrives: [HistoryEvent] = []
        var next = Ordinal(1)
        while next < turn.firstOrdinal {
            let found = try HistoryReader(store: store).events(of: turn.execution, from: next)
            guard found.next > next else { break }
            next = found.next
            redrives += found.events.filter { $0.isRedrive && $0.id < turn.firstEventID }
        }
        return redrives
    }
}

extension ExecutionFollower.Scope {
    /// Whether an execution is followed.
    func includes(_ execution: FollowedExecution) -> Bool {
        switch self {
        case .standard: !execution.start.isExpress
        case .logged: execution.logging.level != .off
        }
    }

    /// Whether an event is one of those that are followed.
    fileprivate func shows(_ event: HistoryEvent) -> Bool {
        switch self {
        case .standard: event.body.changesStatus
        case .logged: true
        }
    }
}

extension HistoryEvent {
    fileprivate var isRedrive: Bool {
        guard case .executionRedriven = body else { return false }
        return true
    }
}
