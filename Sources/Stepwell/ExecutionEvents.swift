import StepwellEngine
public import StepwellHistory
public import StepwellJSON

/// One event of an execution's history.
public struct ExecutionEvent: Sendable {
    /// The package's own form of the event.
    package let event: HistoryEvent

    package init(_ event: HistoryEvent) {
        self.event = event
    }

    /// Its number, from 1 without gaps.
    public var id: Int64 { event.id }

    /// The event that led to it; 0 for none.
    public var previousEventID: Int64 { event.previousEventID }

    /// When it happened.
    public var timestamp: Timestamp { event.timestamp }

    /// AWS's name of its type (`TaskStateEntered`).
    public var type: String { event.body.type?.rawValue ?? "" }

    /// The event in the form of AWS's GetExecutionHistory, its details with it.
    public var json: JSONValue {
        .object(EventJSON.object(for: event, includeExecutionData: true))
    }

    /// The state that was entered or left, for events that say so.
    public var stateName: String? {
        switch event.body {
        case .stateEntered(_, let details): details.name
        case .stateExited(_, let details): details.name
        default: nil
        }
    }
}

/// An execution's history as it grows.
public struct ExecutionEvents: AsyncSequence, Sendable {
    /// The events are given one by one.
    public typealias Element = ExecutionEvent

    let base: HistoryEventSequence

    /// An iteration from the first event.
    public func makeAsyncIterator() -> Iterator {
        Iterator(base: base.makeAsyncIterator())
    }

    /// Gives the events in order and waits for more while the execution runs.
    public struct Iterator: AsyncIteratorProtocol {
        var base: HistoryEventSequence.Iterator

        /// The next event; nil when the execution is closed and all were given.
        ///
        /// - Throws: ``StepwellError`` when there is no such execution; `CancellationError`.
        public mutating func next() async throws -> ExecutionEvent? {
            try await base.next().map(ExecutionEvent.init)
        }
    }
}
