package import StepwellHistory
import StepwellJSON

/// What is seen of one state while it is tried (TestState's `inspectionData`).
package struct StateInspection: Sendable {
    /// The stages of a state's data flow, named as the API names them.
    package enum Stage: String, Sendable, CaseIterable {
        case afterArguments
        case afterInputPath
        case afterParameters
        case afterItemsPath
        case afterItemsPointer
        case afterItemSelector
        case afterItemBatcher
        case result
        case afterResultSelector
        case afterResultPath
    }

    private var payloads: [(stage: Stage, payload: Payload)] = []
    /// A Map state's `MaxConcurrency`; nil before its items are known.
    package internal(set) var maxConcurrency: Int64?
    /// A Map state's `ToleratedFailureCount`, where it sets one.
    package internal(set) var toleratedFailureCount: Int64?
    /// A Map state's `ToleratedFailurePercentage`, where it sets one.
    package internal(set) var toleratedFailurePercentage: Double?
    /// The catcher that took the failure up.
    package internal(set) var catchIndex: Int?
    /// The retrier that names the failure, whether it has attempts left or not.
    package internal(set) var retryIndex: Int?
    /// Milliseconds before the retry that would follow.
    package internal(set) var retryBackoff: Int64?

    init() {}

    /// What a stage gave; nil when the state has no such stage or did not come so far.
    package subscript(stage: Stage) -> Payload? {
        payloads.first { $0.stage == stage }?.payload
    }

    mutating func note(_ stage: Stage, _ payload: Payload) {
        payloads.removeAll { $0.stage == stage }
        payloads.append((stage, payload))
    }
}

/// What stands for the world around a state that is tried.
///
/// No part of an execution: only the throw-away state of a `StateTrial` has one.
struct TrialWorld: Sendable {
    /// The context object that expressions see.
    var context: JSONObject
    /// What an item reader would have read: the items of a Map state.
    var givenItems: Payload?
}

extension ExecutionState {
    /// Notes what a stage gave, when the state is being tried or observed.
    func inspect(
        _ stage: StateInspection.Stage,
        _ payload: Payload,
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) {
        builder.inspection?.note(stage, payload)
        guard let observed = builder.observation, observed.branch == id,
            branches[id].enteredEventID == observed.enteredEventID
        else { return }
        builder.observation?.note(stage, payload)
    }
}
