extension Record {
    /// Every payload of the record, the main one first.
    package var payloads: [Payload] {
        switch body {
        case .engine(.itemsResolved(let items, _)): [items]
        case .engine(.childScheduled(_, let input)), .engine(.batchScheduled(_, _, let input)):
            [input]
        case .engine(.mapRunConfigured(let plan)): [plan]
        case .engine: []
        case .input(.childrenClosed(let children)): children.compactMap(\.outcome.output)
        case .input(let input): input.payload.map { [$0] } ?? []
        case .event(let event): event.body.payloads
        }
    }
}

extension Input {
    /// The payload that an input brings.
    fileprivate var payload: Payload? {
        switch self {
        case .start(let start): start.input
        case .taskSubmitted(_, let output), .taskSucceeded(_, let output): output
        case .childClosed(_, let outcome): outcome.output
        case .itemsRead(_, let page): page.items
        case .resultsWritten(_, _, let output, _): output
        case .taskStarted, .taskFailed, .taskSubmitFailed, .taskHeartbeat, .timerFired, .stop,
            .continueTurn,
            .raiseSemantics, .mapRunUpdated, .redrive, .nestedStopped, .itemsNotRead,
            .resultsNotWritten, .childrenClosed:
            nil
        }
    }
}

extension HistoryEventBody {
    /// Every payload of the event, the main one first.
    package var payloads: [Payload] {
        switch self {
        case .executionStarted(let details): [details.input]
        case .executionSucceeded(let output): [output]
        case .stateEntered(_, let details): [details.input]
        case .stateExited(_, let details):
            [details.output] + details.assignedVariables.map(\.value)
        case .task(.scheduled(let details)): [details.parameters]
        case .task(.submitted(_, let output)), .task(.succeeded(_, let output)): [output]
        case .activity(.scheduled(let details)), .lambdaFunction(.scheduled(let details)):
            [details.input]
        case .activity(.succeeded(let output)), .lambdaFunction(.succeeded(let output)): [output]
        default: []
        }
    }
}
