/// One AWS history event, as `GetExecutionHistory` shows it.
package struct HistoryEvent: Sendable, Equatable {
    /// Contiguous from 1 within the execution.
    package var id: EventID
    /// The event that led to this one along its branch; 0 for none.
    package var previousEventID: EventID
    /// The time of the turn that decided it.
    package var timestamp: Timestamp
    package var body: HistoryEventBody

    package init(
        id: EventID,
        previousEventID: EventID,
        timestamp: Timestamp,
        body: HistoryEventBody
    ) {
        self.id = id
        self.previousEventID = previousEventID
        self.timestamp = timestamp
        self.body = body
    }
}
