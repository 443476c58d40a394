import StepwellHistory
import StepwellInterpreter

extension ShardMessage {
    /// About how many bytes it holds while it waits.
    package var byteCount: Int {
        switch self {
        case .start(let command): command.input.text.count + 512
        case .input(let command): command.input.payloadBytes + 256
        case .child(let command): command.errand.payloadBytes + 256
        // A definition may come with it, which only the change itself knows.
        case .catalog(.change): 64 << 10
        case .catalog(.read), .redrive, .watch, .poll, .cancel, .handBack, .state, .recall: 256
        case .loaded: 2_048
        }
    }
}

extension Input {
    /// The bytes of the payload that it brings.
    var payloadBytes: Int {
        switch self {
        case .start(let start): start.input.text.count
        case .taskSubmitted(_, let output), .taskSucceeded(_, let output): output.text.count
        case .childrenClosed(let children):
            children.reduce(0) { $0 + 16 + ($1.outcome.output?.text.count ?? 0) }
        case .itemsRead(_, let page): page.items.text.count
        case .resultsWritten(_, _, let output, _): output.text.count
        case .taskFailed(_, let failure), .taskSubmitFailed(_, let failure), .stop(let failure),
            .itemsNotRead(_, _, let failure), .resultsNotWritten(_, _, let failure):
            (failure.error?.utf8.count ?? 0) + (failure.cause?.utf8.count ?? 0)
        case .childClosed(_, let outcome): outcome.output?.text.count ?? 0
        case .taskStarted, .taskHeartbeat, .timerFired, .continueTurn, .raiseSemantics,
            .mapRunUpdated, .redrive, .nestedStopped:
            0
        }
    }
}

extension ChildErrand {
    fileprivate var payloadBytes: Int {
        switch self {
        case .start(let start): start.input.text.count
        case .stop: 0
        case .stopNested(let stop, _): stop.byteCount
        case .report(let outcome, _, _, _): outcome.output?.text.count ?? 0
        }
    }
}
