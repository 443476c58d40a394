extension HistoryEventBody {
    /// The event with each of its payloads replaced by what `change` makes of it, in order.
    ///
    /// Throws what `change` throws.
    package func mapPayloads<Failure: Error>(
        _ change: (Payload) throws(Failure) -> Payload
    ) throws(Failure) -> HistoryEventBody {
        switch self {
        case .executionStarted(var details):
            details.input = try change(details.input)
            return .executionStarted(details)
        case .executionSucceeded(let output):
            return .executionSucceeded(output: try change(output))
        case .stateEntered(let type, var details):
            details.input = try change(details.input)
            return .stateEntered(type, details)
        case .stateExited(let type, var details):
            details.output = try change(details.output)
            for index in details.assignedVariables.indices {
                let value = details.assignedVariables[index].value
                details.assignedVariables[index].value = try change(value)
            }
            return .stateExited(type, details)
        case .task(let event): return .task(try event.mapPayloads(change))
        case .activity(let event): return .activity(try event.mapPayloads(change))
        case .lambdaFunction(let event): return .lambdaFunction(try event.mapPayloads(change))
        case .executionFailed, .executionAborted, .executionTimedOut, .executionRedriven,
            .stateAborted, .parallelStateStarted, .parallelStateSucceeded, .parallelStateFailed,
            .mapStateStarted, .mapStateSucceeded, .mapStateFailed, .mapIteration, .mapRun,
            .evaluationFailed:
            return self
        }
    }
}

extension TaskEvent {
    fileprivate func mapPayloads<Failure: Error>(
        _ change: (Payload) throws(Failure) -> Payload
    ) throws(Failure) -> TaskEvent {
        switch self {
        case .scheduled(var details):
            details.parameters = try change(details.parameters)
            return .scheduled(details)
        case .submitted(let resource, let output):
            return .submitted(resource, output: try change(output))
        case .succeeded(let resource, let output):
            return .succeeded(resource, output: try change(output))
        case .started, .startFailed, .submitFailed, .failed, .timedOut:
            return self
        }
    }
}

extension ActivityEvent {
    fileprivate func mapPayloads<Failure: Error>(
        _ change: (Payload) throws(Failure) -> Payload
    ) throws(Failure) -> ActivityEvent {
        switch self {
        case .scheduled(var details):
            details.input = try change(details.input)
            return .scheduled(details)
        case .succeeded(let output): return .succeeded(output: try change(output))
        case .scheduleFailed, .started, .failed, .timedOut: return self
        }
    }
}

extension LambdaFunctionEvent {
    fileprivate func mapPayloads<Failure: Error>(
        _ change: (Payload) throws(Failure) -> Payload
    ) throws(Failure) -> LambdaFunctionEvent {
        switch self {
        case .scheduled(var details):
            details.input = try change(details.input)
            return .scheduled(details)
        case .succeeded(let output): return .succeeded(output: try change(output))
        case .scheduleFailed, .started, .startFailed, .failed, .timedOut: return self
        }
    }
}
