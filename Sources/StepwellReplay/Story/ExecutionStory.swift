package import StepwellHistory
package import StepwellInterpreter
package import StepwellLanguage

/// What has happened in an execution up to a record of its log: its state there, every visit to a
/// state, and which event belongs to which.
///
/// A fold of the log, as `ExecutionState` is: it goes on record by record, a copy of it stays where
/// it is, and two folds of one log are alike. A record costs what it changes.
package struct ExecutionStory: Sendable {
    /// The state after the last record that was taken in.
    package private(set) var state: ExecutionState
    /// Every visit, in the order of the events that began them.
    package internal(set) var visits: [StateVisit] = []
    /// Every part of a visit, in the order of the records that began them.
    package internal(set) var parts: [VisitPart] = []
    /// Every event, the one with the id 1 first.
    package private(set) var events: [EventPlace] = []
    /// Every branch that there was, by its number.
    package internal(set) var branches: [BranchOrigin] = []
    /// How each state's visits have gone, by the state's place in the definition.
    package internal(set) var tallies: [StateTally]
    /// What the iterations and branches of each Map and Parallel state have come to, by the state's
    /// place; the child executions of distributed Maps are in the state.
    var childCounts: [ChildCounts?]

    /// The story of an execution before its first record.
    package init(execution: ExecutionNumber, definition: StateMachineDefinition) {
        state = ExecutionState(execution: execution, definition: definition)
        tallies = Array(repeating: StateTally(), count: definition.states.count)
        childCounts = Array(repeating: nil, count: definition.states.count)
    }

    /// The definition that the execution follows.
    package var definition: StateMachineDefinition { state.definition }

    /// The place after the last record that was taken in.
    package var moment: StoryMoment {
        StoryMoment(ordinal: state.lastOrdinal, eventID: state.lastEventID, time: state.lastTime)
    }

    /// Takes in the next record.
    package mutating func apply(_ record: Record, at time: Timestamp) {
        let change = StoryChange(of: record, in: state)
        state.apply(record, at: time)
        noteBranches()
        switch record.body {
        case .input: noteFired(change)
        case .engine(let engine): note(engine, record, change)
        case .event(let event): note(event, record, change)
        }
        noteGone(record, change)
    }

    /// Takes in the records of a turn, up to and including `last` (nil: all of them).
    package mutating func apply(_ turn: Turn, upTo last: Ordinal? = nil) {
        for record in turn.records {
            if let last, record.ordinal > last { return }
            apply(record, at: turn.time)
        }
    }

    /// The visit that is under way in a branch.
    package func openVisit(in branch: BranchID) -> StateVisit? {
        let place = Int(branch.rawValue)
        guard branches.indices.contains(place) else { return nil }
        return branches[place].visit.map { visits[$0] }
    }

    /// The visit that begins with an event, by its place among all.
    package func visit(enteredBy event: EventID) -> Int? {
        guard event >= 1, event <= events.count, let place = events[Int(event) - 1].visit,
            visits[place].enteredEventID == event
        else { return nil }
        return place
    }

    mutating func add(_ event: HistoryEvent, _ record: Record, visit: Int?) {
        events.append(
            EventPlace(
                ordinal: record.ordinal,
                time: event.timestamp,
                type: event.body.type,
                branch: record.branch,
                visit: visit
            )
        )
    }

    /// Takes up the branches that the newest record has started.
    private mutating func noteBranches() {
        guard !state.branches.isEmpty else { return }
        while branches.count < Int(state.nextBranch) {
            let id = BranchID(UInt32(branches.count))
            guard state.branches.contains(id) else { return }
            let branch = state.branches[id]
            branches.append(
                BranchOrigin(
                    parent: branch.parent,
                    role: branch.role,
                    parentVisit: branch.parent.flatMap { branches[Int($0.rawValue)].visit },
                    since: moment
                )
            )
            count(branches[branches.count - 1]) { $0.running += 1 }
        }
    }
}
