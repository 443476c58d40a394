import StepwellHistory

extension Record {
    /// About how many bytes the record takes in the log: payloads that it is the first to hold,
    /// and a small constant for the rest.
    var approximateSize: Int {
        let payloads: Int =
            switch body {
            case .engine(.itemsResolved(let items, _)): size(of: items)
            case .engine(.childScheduled(_, let input)), .engine(.batchScheduled(_, _, let input)):
                size(of: input)
            case .engine(.mapRunConfigured(let plan)): size(of: plan)
            case .engine: 0
            case .input(let input): size(of: input)
            case .event(let event): size(of: event.body)
            }
        return payloads + 24
    }

    private func size(of payload: Payload) -> Int {
        payload.location?.ordinal == ordinal ? payload.text.count : 0
    }

    private func size(of input: Input) -> Int {
        switch input {
        case .start(let start): size(of: start.input)
        case .taskSubmitted(_, let output), .taskSucceeded(_, let output): size(of: output)
        case .childClosed(_, let outcome): outcome.output.map { size(of: $0) } ?? 0
        case .childrenClosed(let children):
            children.reduce(8 * children.count) {
                $0 + ($1.outcome.output.map { size(of: $0) } ?? 0)
            }
        case .itemsRead(_, let page): size(of: page.items)
        case .resultsWritten(_, _, let output, _): size(of: output)
        default: 0
        }
    }

    private func size(of event: HistoryEventBody) -> Int {
        switch event {
        case .stateEntered(_, let details): size(of: details.input)
        case .stateExited(_, let details):
            details.assignedVariables.reduce(size(of: details.output)) { $0 + size(of: $1.value) }
        case .task(.scheduled(let details)): size(of: details.parameters)
        case .activity(.scheduled(let details)), .lambdaFunction(.scheduled(let details)):
            size(of: details.input)
        default: 0
        }
    }
}
