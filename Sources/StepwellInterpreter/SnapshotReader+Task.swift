import StepwellHistory

extension SnapshotReader {
    mutating func readTask() throws(ByteReaderError) -> TaskActivation {
        let dispatch = try readDispatch()
        var task = TaskActivation(dispatch: dispatch, kind: try readTaskKind())
        task.isStarted = try readFlag()
        task.isSubmitted = try readFlag()
        if isComplete { task.submitted = try readFlag() ? try readPayload() : nil }
        task.deliveries = try readCount()
        task.timeoutTimer = try readFlag() ? Ordinal(try readVarint()) : nil
        task.heartbeatTimer = try readFlag() ? Ordinal(try readVarint()) : nil
        task.lastHeartbeat = Timestamp(milliseconds: try readSigned())
        for _ in 0..<(try readElementCount()) { task.arrivals.append(try readArrival()) }
        return task
    }

    private mutating func readTaskKind() throws(ByteReaderError) -> TaskKind {
        switch try readByte() {
        case 0: return .activity(try readString())
        case 1: return .lambdaFunction(try readString())
        case 2:
            let type = try readString()
            return .integration(TaskResource(resourceType: type, resource: try readString()))
        default: throw invalid("kind of task")
        }
    }

    mutating func readDispatch() throws(ByteReaderError) -> TaskDispatch {
        let ordinal = Ordinal(try readVarint())
        let scheduled = try readSigned()
        let state = try readString()
        let retryCount = try readCount()
        let resource = try readString()
        let parameters = try readPayload()
        let secret = try readFlag() ? try readBytes() : nil
        let timeout = try readFlag() ? try readSigned() : nil
        let heartbeat = try readFlag() ? try readSigned() : nil
        var dispatch = TaskDispatch(
            ordinal: ordinal,
            scheduledEventID: scheduled,
            stateName: state,
            retryCount: retryCount,
            resource: resource,
            parameters: parameters,
            tokenSecret: secret,
            timeoutInSeconds: timeout,
            heartbeatInSeconds: heartbeat,
            credentialsRoleARN: try readOptionalString()
        )
        if isComplete { dispatch.invocation = try readCount() }
        return dispatch
    }

    private mutating func readArrival() throws(ByteReaderError) -> TaskActivation.Arrival {
        switch try readByte() {
        case 0: return .started(workerName: try readOptionalString())
        case 1: return .submitted(try readPayload())
        case 2: return .succeeded(try readPayload())
        case 3: return .failed(try readFailure())
        case 5: return .submitFailed(try readFailure())
        case 4: return .timedOut(isHeartbeat: try readFlag())
        default: throw invalid("news of a task")
        }
    }
}
