package import StepwellHistory
import StepwellInterpreter
import StepwellLanguage

/// Which events of a history are asked for, by what need not be read to be known.
package struct EventQuery: Sendable {
    /// The type's name; nil for all.
    package var type: String?
    /// The name of the state that they belong to; nil for all.
    package var state: String?
    /// Whether the newest come first.
    package var isReversed = false
    /// Only events behind this one, in the order that is asked for; 0 for all.
    package var after: EventID = 0

    package init() {}
}

extension ExecutionStory {
    /// The events that a query finds, by their ids, in its order.
    package func events(_ query: EventQuery) -> [EventID] {
        let wanted = query.state.map { definition.index(ofState: $0) }
        if let wanted, wanted == nil { return [] }
        var found: [EventID] = []
        for (place, event) in events.enumerated() {
            if let type = query.type {
                guard let own = event.type?.rawValue, own.utf8.elementsEqual(type.utf8) else {
                    continue
                }
            }
            if let wanted {
                guard let visit = event.visit, visits[visit].state == wanted else { continue }
            }
            found.append(EventID(place + 1))
        }
        return query.isReversed ? found.reversed() : found
    }

    /// The name of the state that an event belongs to, and the way to its branch; nil for events
    /// of the execution.
    package func owner(of event: EventID) -> (state: String, path: String)? {
        guard event >= 1, event <= events.count, let visit = events[Int(event) - 1].visit else {
            return nil
        }
        return (definition[visits[visit].state].name, path(of: visits[visit].branch))
    }
}
