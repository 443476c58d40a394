package import StepwellHistory

/// What the stages of one visit to a state give while its turns are derived again.
///
/// No part of an execution: only the builder of who looks has one, and it changes nothing of what
/// is decided.
package struct StateObservation: Sendable {
    /// The branch that is in the state.
    package let branch: BranchID
    /// The event that entered it.
    package let enteredEventID: EventID
    private var payloads: [StateInspection.Stage: Payload] = [:]

    package init(branch: BranchID, enteredEventID: EventID) {
        self.branch = branch
        self.enteredEventID = enteredEventID
    }

    /// What a stage gave; nil when the state has no such stage or did not come so far.
    package subscript(stage: StateInspection.Stage) -> Payload? { payloads[stage] }

    mutating func note(_ stage: StateInspection.Stage, _ payload: Payload) {
        payloads[stage] = payload
    }
}
