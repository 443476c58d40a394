extension TurnReader {
    mutating func eventBody(_ tag: RecordTag) throws(ByteReaderError) -> HistoryEventBody {
        if let body = try stateEvent(tag) { return body }
        if let body = try executionEvent(tag) { return body }
        if let event = try mapRunEvent(tag) { return .mapRun(event) }
        if let event = try taskEvent(tag) { return .task(event) }
        if let event = try activityEvent(tag) { return .activity(event) }
        if let event = try functionEvent(tag) { return .lambdaFunction(event) }
        throw invalid("event tag")
    }

    private mutating func executionEvent(
        _ tag: RecordTag
    ) throws(ByteReaderError) -> HistoryEventBody? {
        switch tag {
        case .executionStarted:
            let input = try payload()
            let role = try name()
            let alias = try optionalName()
            let version = try optionalName()
            return .executionStarted(
                ExecutionStartedDetails(
                    input: input,
                    roleARN: role,
                    stateMachineAliasARN: alias,
                    stateMachineVersionARN: version
                )
            )
        case .executionSucceeded: return .executionSucceeded(output: try payload())
        case .executionFailed: return .executionFailed(try failure())
        case .executionAborted: return .executionAborted(try failure())
        case .executionTimedOut: return .executionTimedOut(try failure())
        case .executionRedriven: return .executionRedriven(redriveCount: try reader.readCount())
        default: return nil
        }
    }

    private mutating func stateEvent(_ tag: RecordTag) throws(ByteReaderError) -> HistoryEventBody?
    {
        switch tag {
        case .stateEntered:
            let type = try stateType()
            let name = try self.name()
            return .stateEntered(type, StateEnteredDetails(name: name, input: try payload()))
        case .stateExited:
            let type = try stateType()
            guard HistoryEventType.exited(type) != nil else { throw invalid("state type") }
            return .stateExited(type, try exitedDetails())
        case .stateAborted:
            let type = try stateType()
            guard HistoryEventType.aborted(type) != nil else { throw invalid("state type") }
            return .stateAborted(type)
        case .parallelStateStarted: return .parallelStateStarted
        case .parallelStateSucceeded: return .parallelStateSucceeded
        case .parallelStateFailed: return .parallelStateFailed
        case .mapStateStarted: return .mapStateStarted(length: try reader.readCount())
        case .mapStateSucceeded: return .mapStateSucceeded
        case .mapStateFailed: return .mapStateFailed
        case .mapIteration:
            guard let phase = MapIterationPhase(rawValue: try reader.readByte()) else {
                throw invalid("phase of an iteration")
            }
            let name = try self.name()
            let details = MapIterationDetails(name: name, index: try reader.readCount())
            return .mapIteration(phase, details)
        case .evaluationFailed:
            let failure = try failure()
            let location = try optionalName()
            return .evaluationFailed(
                EvaluationFailedDetails(failure: failure, location: location, state: try name())
            )
        default: return nil
        }
    }

    private mutating func exitedDetails() throws(ByteReaderError) -> StateExitedDetails {
        var details = StateExitedDetails(name: try name(), output: try payload())
        for index in 0..<(try reader.readElementCount()) {
            let name = try self.name()
            let value = try payload(field: UInt8(clamping: index + 1))
            details.assignedVariables.append(AssignedVariable(name: name, value: value))
        }
        return details
    }

    private mutating func mapRunEvent(_ tag: RecordTag) throws(ByteReaderError) -> MapRunEvent? {
        switch tag {
        case .mapRunStarted: return .started(mapRunARN: try name())
        case .mapRunSucceeded: return .succeeded
        case .mapRunFailed: return .failed(try failure())
        case .mapRunAborted: return .aborted
        case .mapRunRedriven:
            let arn = try name()
            return .redriven(mapRunARN: arn, redriveCount: try reader.readCount())
        default: return nil
        }
    }

    private mutating func resource() throws(ByteReaderError) -> TaskResource {
        let type = try name()
        return TaskResource(resourceType: type, resource: try name())
    }

    private mutating func taskEvent(_ tag: RecordTag) throws(ByteReaderError) -> TaskEvent? {
        switch tag {
        case .taskEventScheduled: return .scheduled(try taskScheduled())
        case .taskEventStarted: return .started(try resource())
        case .taskEventStartFailed:
            let resource = try resource()
            return .startFailed(resource, try failure())
        case .taskEventSubmitted:
            let resource = try resource()
            return .submitted(resource, output: try payload())
        case .taskEventSubmitFailed:
            let resource = try resource()
            return .submitFailed(resource, try failure())
        case .taskEventSucceeded:
            let resource = try resource()
            return .succeeded(resource, output: try payload())
        case .taskEventFailed:
            let resource = try resource()
            return .failed(resource, try failure())
        case .taskEventTimedOut:
            let resource = try resource()
            return .timedOut(resource, try failure())
        default: return nil
        }
    }

    private mutating func taskScheduled() throws(ByteReaderError) -> TaskScheduledDetails {
        let resource = try resource()
        let region = try name()
        let parameters = try payload()
        let timeout = try optionalSeconds()
        let heartbeat = try optionalSeconds()
        return TaskScheduledDetails(
            resource: resource,
            region: region,
            parameters: parameters,
            timeoutInSeconds: timeout,
            heartbeatInSeconds: heartbeat,
            credentialsRoleARN: try optionalName()
        )
    }

    private mutating func workScheduled() throws(ByteReaderError) -> WorkScheduledDetails {
        let resource = try name()
        let input = try payload()
        let timeout = try optionalSeconds()
        let heartbeat = try optionalSeconds()
        return WorkScheduledDetails(
            resource: resource,
            input: input,
            timeoutInSeconds: timeout,
            heartbeatInSeconds: heartbeat,
            credentialsRoleARN: try optionalName()
        )
    }

    private mutating func activityEvent(_ tag: RecordTag) throws(ByteReaderError) -> ActivityEvent?
    {
        switch tag {
        case .activityScheduled: return .scheduled(try workScheduled())
        case .activityScheduleFailed: return .scheduleFailed(try failure())
        case .activityStarted: return .started(workerName: try optionalName())
        case .activitySucceeded: return .succeeded(output: try payload())
        case .activityFailed: return .failed(try failure())
        case .activityTimedOut: return .timedOut(try failure())
        default: return nil
        }
    }

    private mutating func functionEvent(
        _ tag: RecordTag
    ) throws(ByteReaderError) -> LambdaFunctionEvent? {
        switch tag {
        case .functionScheduled: return .scheduled(try workScheduled())
        case .functionScheduleFailed: return .scheduleFailed(try failure())
        case .functionStarted: return .started
        case .functionStartFailed: return .startFailed(try failure())
        case .functionSucceeded: return .succeeded(output: try payload())
        case .functionFailed: return .failed(try failure())
        case .functionTimedOut: return .timedOut(try failure())
        default: return nil
        }
    }
}
