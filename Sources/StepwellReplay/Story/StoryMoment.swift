package import StepwellHistory

/// A place in an execution's log, and its time.
package struct StoryMoment: Sendable, Hashable {
    package let ordinal: Ordinal
    /// The newest event there.
    package let eventID: EventID
    package let time: Timestamp

    package init(ordinal: Ordinal, eventID: EventID, time: Timestamp) {
        self.ordinal = ordinal
        self.eventID = eventID
        self.time = time
    }
}
