import StepwellHistory
import StepwellInterpreter

/// What has to be known of the state before a record, to tell what the record has changed.
struct StoryChange {
    /// What the branch failed with, when it had.
    var failure: Failure?
    /// Whether a catcher had taken the failure up.
    var isCaught = false
    /// The branch whose timer has fired.
    var fired: BranchID?
    /// The branches below the record's, which it may end.
    var below: [BranchID] = []

    init(of record: Record, in state: ExecutionState) {
        switch record.body {
        case .input(.timerFired(let ordinal)):
            guard let timer = state.timers.timer(ordinal), timer.kind != .executionTimeout else {
                return
            }
            fired = timer.branch
        case .input: return
        case .engine(.retryScheduled), .engine(.branchFailed):
            look(at: record.branch, in: state)
        case .engine: return
        case .event(let event):
            switch event.body {
            case .stateExited, .parallelStateFailed, .mapStateFailed, .stateAborted:
                look(at: record.branch, in: state)
            case .mapIteration(let phase, _) where phase != .started:
                look(at: record.branch, in: state)
            default: return
            }
        }
    }

    private mutating func look(at id: BranchID, in state: ExecutionState) {
        guard state.branches.contains(id) else { return }
        switch state.branches[id].phase {
        case .failed(let failed): failure = failed.failure
        case .caught(let failed, _):
            failure = failed.failure
            isCaught = true
        default: break
        }
        var next = state.branches[id].children?.live ?? []
        while let child = next.popLast() {
            guard state.branches.contains(child) else { continue }
            below.append(child)
            next += state.branches[child].children?.live ?? []
        }
    }
}
