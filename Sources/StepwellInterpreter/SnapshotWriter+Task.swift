import StepwellHistory

extension SnapshotWriter {
    mutating func write(_ task: TaskActivation) {
        write(task.dispatch)
        switch task.kind {
        case .activity(let arn):
            write(UInt8(0))
            writeString(arn)
        case .lambdaFunction(let arn):
            write(UInt8(1))
            writeString(arn)
        case .integration(let resource):
            write(UInt8(2))
            writeString(resource.resourceType)
            writeString(resource.resource)
        }
        write(task.isStarted)
        write(task.isSubmitted)
        writeOptional(task.submitted) { $0.write($1) }
        writeCount(task.deliveries)
        writeOptional(task.timeoutTimer) { $0.writeVarint($1.rawValue) }
        writeOptional(task.heartbeatTimer) { $0.writeVarint($1.rawValue) }
        writeSigned(task.lastHeartbeat.milliseconds)
        writeCount(task.arrivals.count)
        for arrival in task.arrivals { write(arrival) }
    }

    mutating func write(_ dispatch: TaskDispatch) {
        writeVarint(dispatch.ordinal.rawValue)
        writeSigned(dispatch.scheduledEventID)
        writeString(dispatch.stateName)
        writeCount(dispatch.retryCount)
        writeString(dispatch.resource)
        write(dispatch.parameters)
        writeOptional(dispatch.tokenSecret) { $0.writeBytes($1) }
        writeOptional(dispatch.timeoutInSeconds) { $0.writeSigned($1) }
        writeOptional(dispatch.heartbeatInSeconds) { $0.writeSigned($1) }
        writeOptionalString(dispatch.credentialsRoleARN)
        writeCount(dispatch.invocation)
    }

    private mutating func write(_ arrival: TaskActivation.Arrival) {
        switch arrival {
        case .started(let worker):
            write(UInt8(0))
            writeOptionalString(worker)
        case .submitted(let output):
            write(UInt8(1))
            write(output)
        case .succeeded(let output):
            write(UInt8(2))
            write(output)
        case .failed(let failure):
            write(UInt8(3))
            write(failure)
        case .submitFailed(let failure):
            write(UInt8(5))
            write(failure)
        case .timedOut(let isHeartbeat):
            write(UInt8(4))
            write(isHeartbeat)
        }
    }
}
