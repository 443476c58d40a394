package import StepwellHistory
package import StepwellLanguage

/// One time that a branch was in a state, from its `…StateEntered` event on; its number is that
/// event's id.
package struct StateVisit: Sendable {
    package let state: StateIndex
    package let branch: BranchID
    package let enteredEventID: EventID
    package let enteredOrdinal: Ordinal
    package let enteredAt: Timestamp
    package internal(set) var status = VisitStatus.running
    /// The record that ended it, and when; nil while it is under way.
    package internal(set) var ended: StoryMoment?
    /// Whether the record that ended it is the `…StateExited` event, which holds the output.
    package internal(set) var hasOutput = false
    /// How often the state's work was begun: once more with each retry and redrive.
    package internal(set) var attempts = 1
    /// What the newest attempt failed with, until another succeeds.
    package internal(set) var failure: Failure?
    /// Whether the state waits for its next attempt.
    package internal(set) var isBackingOff = false
    /// The part that is under way, by its place among all; nil when none is.
    var openPart: Int?

    init(
        state: StateIndex,
        branch: BranchID,
        event: HistoryEvent,
        ordinal: Ordinal
    ) {
        self.state = state
        self.branch = branch
        enteredEventID = event.id
        enteredOrdinal = ordinal
        enteredAt = event.timestamp
    }
}
