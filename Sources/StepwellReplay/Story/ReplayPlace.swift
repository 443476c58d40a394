package import StepwellHistory
import StepwellInterpreter
import StepwellLanguage

/// A place in an execution's log as people name it: `EVENT`, `rORDINAL` or a time.
package enum ReplayPlace: Sendable, Hashable {
    /// Up to and including the AWS event with an id.
    case event(EventID)
    /// Up to and including the record with an ordinal.
    case record(Ordinal)
    /// Everything up to and including a time.
    case time(Timestamp)

    /// Reads a place; nil for what is none.
    package init?(_ text: String) {
        if let id = EventID(text), id > 0 {
            self = .event(id)
        } else if text.utf8.first == UInt8(ascii: "r"), let ordinal = UInt64(text.dropFirst()),
            ordinal > 0
        {
            self = .record(Ordinal(ordinal))
        } else if let time = StatesTimestamp(parsing: text) {
            self = .time(Timestamp(milliseconds: time.milliseconds))
        } else {
            return nil
        }
    }

    /// How the place is named to be read again.
    package var text: String {
        switch self {
        case .event(let id): String(id)
        case .record(let ordinal): "r\(ordinal.rawValue)"
        case .time(let time): time.rfc3339
        }
    }
}

extension ExecutionStory {
    /// Whether everything that the story holds is at or before a place.
    package func isWithin(_ place: ReplayPlace) -> Bool {
        switch place {
        case .event(let id): state.lastEventID < id
        case .record(let ordinal): state.lastOrdinal <= ordinal
        case .time(let time): state.lastTime <= time
        }
    }

    /// Takes in the records of a turn that are at or before a place; says whether the place is in
    /// the turn or before it, so that the story goes no further.
    package mutating func apply(_ turn: Turn, upTo place: ReplayPlace?) -> Bool {
        guard let place else {
            apply(turn.records[...], at: turn.time)
            return false
        }
        switch place {
        case .time(let time):
            guard turn.time <= time else { return true }
            apply(turn.records[...], at: turn.time)
            return false
        case .record(let ordinal):
            apply(turn.records.prefix { $0.ordinal <= ordinal }, at: turn.time)
            return state.lastOrdinal >= ordinal
        case .event(let id):
            for (index, record) in turn.records.enumerated() {
                guard case .event(let event) = record.body, event.id >= id else { continue }
                apply(turn.records[...index], at: turn.time)
                return true
            }
            apply(turn.records[...], at: turn.time)
            return false
        }
    }

    private mutating func apply(_ records: ArraySlice<Record>, at time: Timestamp) {
        for record in records where record.ordinal > state.lastOrdinal { apply(record, at: time) }
    }
}
