extension TurnReader {
    mutating func input(_ tag: RecordTag) throws(ByteReaderError) -> Input {
        switch tag {
        case .start: return .start(try start())
        case .startOfTestCase:
            var start: StartInput = try self.start()
            start.testCase = try name()
            return .start(start)
        case .startOfSyncExecution:
            var start: StartInput = try self.start()
            start.testCase = try optionalName()
            start.isSynchronous = true
            return .start(start)
        case .startOfNested: return .start(try startOfNested())
        case .startOfMapRunChild: return .start(try startOfMapRunChild())
        case .taskStarted:
            let task = try task()
            return .taskStarted(task, workerName: try optionalName())
        case .taskSubmitted:
            let task = try task()
            return .taskSubmitted(task, output: try payload())
        case .taskSucceeded:
            let task = try task()
            return .taskSucceeded(task, output: try payload())
        case .taskFailed:
            let task = try task()
            return .taskFailed(task, try failure())
        case .taskSubmitFailed:
            let task = try task()
            return .taskSubmitFailed(task, try failure())
        case .taskHeartbeat: return .taskHeartbeat(try task())
        case .timerFired: return .timerFired(try task())
        case .stop: return .stop(try failure())
        case .continueTurn: return .continueTurn
        case .raiseSemantics: return .raiseSemantics(try reader.readFixed16())
        case .childClosed, .childrenClosed, .mapRunUpdated, .itemsRead, .itemsNotRead,
            .resultsWritten,
            .resultsNotWritten:
            return try mapRunInput(tag)
        case .redrive: return .redrive(clientToken: try reader.readOptionalString())
        case .nestedStopped: return .nestedStopped(try task())
        default: throw invalid("input tag")
        }
    }

    private mutating func startOfNested() throws(ByteReaderError) -> StartInput {
        var start: StartInput = try self.start()
        start.testCase = try optionalName()
        let parent = ExecutionNumber(try reader.readVarint())
        start.nested = NestedMembership(parent: parent, task: try task())
        return start
    }

    private mutating func startOfMapRunChild() throws(ByteReaderError) -> StartInput {
        var start: StartInput = try self.start()
        start.testCase = try optionalName()
        let arn = try name()
        let parent = ExecutionNumber(try reader.readVarint())
        let child = try mapRunChild()
        start.mapRun = MapRunMembership(
            mapRunARN: arn,
            parent: parent,
            child: child,
            stateName: try name()
        )
        return start
    }

    private mutating func start() throws(ByteReaderError) -> StartInput {
        let name = try self.name()
        let stateMachineARN = try self.name()
        let executionARN = try self.name()
        let definition = DefinitionDigest(bytes: try reader.readBytes())
        let roleARN = try self.name()
        let input = try payload()
        let seed = try reader.readBytes()
        let semantics = try reader.readFixed16()
        let historyEvents = try reader.readSigned()
        return StartInput(
            name: name,
            stateMachineARN: stateMachineARN,
            executionARN: executionARN,
            definition: definition,
            roleARN: roleARN,
            input: input,
            seed: seed,
            semantics: semantics,
            limits: LimitsProfile(
                historyEvents: historyEvents,
                payloadBytes: try reader.readCount()
            ),
            traceHeader: try optionalName(),
            stateMachineAliasARN: try optionalName(),
            stateMachineVersionARN: try optionalName()
        )
    }

    mutating func engineRecord(_ tag: RecordTag) throws(ByteReaderError) -> EngineRecord {
        switch tag {
        case .timerArmed:
            guard let kind = TimerKind(rawValue: try reader.readByte()) else {
                throw invalid("timer kind")
            }
            return .timerArmed(kind, due: try due())
        case .retryScheduled:
            let retrier = try reader.readCount()
            let attempt = try reader.readCount()
            let delay = try reader.readSigned()
            let due = try due()
            return .retryScheduled(retrier: retrier, attempt: attempt, delay: delay, due: due)
        case .catcherMatched: return .catcherMatched(index: try reader.readCount())
        case .ruleMatched:
            return .ruleMatched(index: try reader.readFlag() ? try reader.readCount() : nil)
        case .tokenMinted: return .tokenMinted(secret: try reader.readBytes())
        case .randomDrawn:
            guard let purpose = RandomPurpose(rawValue: try reader.readByte()) else {
                throw invalid("purpose of a random value")
            }
            return .randomDrawn(purpose, value: try reader.readString())
        case .itemsResolved:
            let items = try payload()
            return .itemsResolved(items: items, maxConcurrency: try reader.readCount())
        case .stateFailed:
            let failure = try failure()
            guard let kind = StateFailureKind(rawValue: try reader.readByte()) else {
                throw invalid("kind of failure")
            }
            return .stateFailed(failure, kind: kind)
        case .taskRedelivered:
            let count = try reader.readCount()
            return .taskRedelivered(count: count, workerName: try optionalName())
        case .semanticsRaised: return .semanticsRaised(try reader.readFixed16())
        case .branchFailed: return .branchFailed
        case .activityAbsent: return .activityAbsent(activityARN: try name())
        case .handlerAbsent:
            return .handlerAbsent(resource: try name(), stateName: try name())
        case .activitiesExhausted: return .activitiesExhausted(limit: try reader.readCount())
        case .mapRunPrepared, .childScheduled, .childRedriven, .mapRunConfigured,
            .batchScheduled, .resultsDue:
            return try mapRunRecord(tag)
        default: throw invalid("engine record tag")
        }
    }
}

extension ByteReader {
    /// The counterpart of `writeTolerance`.
    package mutating func readTolerance() throws(ByteReaderError) -> (
        count: Int64?, percentage: Double?
    ) {
        let count = try readFlag() ? try readSigned() : nil
        let percentage = try readFlag() ? Double(bitPattern: try readFixed64()) : nil
        return (count, percentage)
    }
}
