import StepwellHistory

/// Looks events up by the places of their records.
struct EventLookup {
    private let store: any EventStore
    private let source: PayloadSource
    private var turn: Turn?
    /// The bytes of the payloads that were given.
    private(set) var bytesGiven = 0

    init(store: any EventStore, execution: ExecutionNumber) {
        self.store = store
        source = PayloadSource(store: store, execution: execution)
    }

    /// The event at a place, with its payloads; nil when there is none.
    mutating func event(at ordinal: Ordinal) throws -> HistoryEvent? {
        if turn?.records.contains(where: { $0.ordinal == ordinal }) != true {
            turn = try source.turns(ordinal...ordinal, byteLimit: 1).first
        }
        guard let turn, let first = turn.records.first?.ordinal, first <= ordinal else {
            return nil
        }
        let place = Int(ordinal.rawValue - first.rawValue)
        guard place < turn.records.count, case .event(let event) = turn.records[place].body else {
            return nil
        }
        let whole = try source.whole(event, in: turn)
        bytesGiven += whole.body.payloads.reduce(256) { $0 + $1.text.count }
        return whole
    }

    /// The main payload of the event at a place; nil when it has none.
    mutating func payload(at ordinal: Ordinal?) throws -> Payload? {
        guard let ordinal else { return nil }
        switch try event(at: ordinal)?.body {
        case .stateEntered(_, let details): return details.input
        case .stateExited(_, let details): return details.output
        default: return nil
        }
    }
}
