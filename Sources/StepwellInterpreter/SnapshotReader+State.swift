import StepwellHistory
import StepwellLanguage

extension SnapshotReader {
    mutating func readStatus() throws(ByteReaderError) -> ExecutionStatus {
        let code = try readByte()
        guard let status = ExecutionStatus.allCases.first(where: { $0.snapshotCode == code }) else {
            throw invalid("execution status")
        }
        return status
    }

    mutating func readFailure() throws(ByteReaderError) -> Failure {
        let error = try readOptionalString()
        return Failure(error: error, cause: try readOptionalString())
    }

    mutating func readStateFailure() throws(ByteReaderError) -> StateFailure {
        let failure = try readFailure()
        guard let kind = StateFailureKind(rawValue: try readByte()) else {
            throw invalid("kind of failure")
        }
        return StateFailure(failure, kind: kind, isHeartbeat: try readFlag())
    }

    mutating func readStart() throws(ByteReaderError) -> StartInput {
        let name = try readString()
        let stateMachineARN = try readString()
        let executionARN = try readString()
        let definition = DefinitionDigest(bytes: try readBytes())
        let roleARN = try readString()
        let input = try readPayload()
        let seed = try readBytes()
        let semantics = try readFixed16()
        let historyEvents = try readSigned()
        return StartInput(
            name: name,
            stateMachineARN: stateMachineARN,
            executionARN: executionARN,
            definition: definition,
            roleARN: roleARN,
            input: input,
            seed: seed,
            semantics: semantics,
            limits: LimitsProfile(historyEvents: historyEvents, payloadBytes: try readCount()),
            traceHeader: try readOptionalString(),
            stateMachineAliasARN: try readOptionalString(),
            stateMachineVersionARN: try readOptionalString(),
            testCase: try readOptionalString(),
            mapRun: try readFlag() ? try readMembership() : nil,
            isSynchronous: try readFlag(),
            nested: isComplete ? try readNesting() : nil
        )
    }

    private mutating func readNesting() throws(ByteReaderError) -> NestedMembership? {
        guard try readFlag() else { return nil }
        let parent = ExecutionNumber(try readVarint())
        return NestedMembership(parent: parent, task: Ordinal(try readVarint()))
    }

    private mutating func readMembership() throws(ByteReaderError) -> MapRunMembership {
        let arn = try readString()
        let parent = ExecutionNumber(try readVarint())
        let mapRun = try readCount()
        let child = MapRunChild(mapRun: mapRun, index: try readCount())
        return MapRunMembership(
            mapRunARN: arn,
            parent: parent,
            child: child,
            stateName: try readString()
        )
    }

    mutating func readEnding() throws(ByteReaderError) -> ExecutionState.Ending {
        switch try readByte() {
        case 0: return .timedOut
        case 1: return .stopped(try readFailure())
        default: throw invalid("ending")
        }
    }

    mutating func readBranchID() throws(ByteReaderError) -> BranchID {
        guard let id = UInt32(exactly: try readVarint()) else { throw invalid("branch") }
        return BranchID(id)
    }

    mutating func readTimer() throws(ByteReaderError) -> ArmedTimer {
        let ordinal = Ordinal(try readVarint())
        let due = Timestamp(milliseconds: try readSigned())
        guard let kind = TimerKind(rawValue: try readByte()) else { throw invalid("timer kind") }
        return ArmedTimer(ordinal: ordinal, due: due, kind: kind, branch: try readBranchID())
    }

    mutating func readBranch(
        _ definition: StateMachineDefinition
    ) throws(ByteReaderError) -> Branch {
        let id = try readBranchID()
        let parent = try readFlag() ? try readBranchID() : nil
        let role = try readRole()
        let previous = try readSigned()
        let state = try readCount()
        guard state < definition.states.count else { throw invalid("state of this definition") }
        var branch = Branch(
            id: id,
            parent: parent,
            role: role,
            previousEventID: previous,
            state: StateIndex(state),
            input: try readPayload(),
            phase: try readPhase()
        )
        branch.isFresh = try readFlag()
        branch.enteredEventID = try readSigned()
        branch.beforeEntryEventID = try readSigned()
        branch.enteredTime = Timestamp(milliseconds: try readSigned())
        branch.retries.total = try readCount()
        for _ in 0..<(try readElementCount()) { branch.retries.counts.append(try readCount()) }
        var variables: [AssignedVariable] = []
        for _ in 0..<(try readElementCount()) {
            let name = try readString()
            variables.append(AssignedVariable(name: name, value: try readPayload()))
        }
        branch.scope = VariableScope(variables)
        if try readFlag() {
            let ordinal = Ordinal(try readVarint())
            branch.token = MintedToken(ordinal: ordinal, secret: try readBytes())
        }
        branch.items = try readFlag() ? try readItems() : nil
        branch.children = try readFlag() ? try readChildren(definition) : nil
        branch.ended = try readFlag() ? try readChildren(definition) : nil
        branch.task = try readFlag() ? try readTask() : nil
        branch.mapRun = try readFlag() ? try readCount() : nil
        branch.endedMapRun = try readFlag() ? try readCount() : nil
        return branch
    }

    private mutating func readRole() throws(ByteReaderError) -> Branch.Role {
        switch try readByte() {
        case 0: return .root
        case 1: return .parallel(try readCount())
        case 2: return .iteration(try readCount())
        default: throw invalid("role of a branch")
        }
    }

    private mutating func readPhase() throws(ByteReaderError) -> Phase {
        switch try readByte() {
        case 0: return .entering
        case 1: return .entered
        case 2:
            let next = StateIndex(try readCount())
            return .chosen(next, rule: try readFlag() ? try readCount() : nil)
        case 3: return .waiting(Ordinal(try readVarint()))
        case 4: return .waited
        case 5: return .working
        case 6: return .joining
        case 7: return .collected
        case 8: return .resulted(try readFlag() ? try readPayload() : nil)
        case 9: return .failed(try readStateFailure())
        case 10:
            let failure = try readStateFailure()
            return .caught(failure, catcher: try readCount())
        case 11: return .ended(try readPayload())
        case 12: return .aborted
        default: throw invalid("phase of a branch")
        }
    }

    mutating func readItems() throws(ByteReaderError) -> ResolvedItems {
        let payload = try readPayload()
        return ResolvedItems(payload: payload, maxConcurrency: try readCount())
    }

    private mutating func readChildren(
        _ definition: StateMachineDefinition
    ) throws(ByteReaderError) -> Children {
        var live: [BranchID] = []
        for _ in 0..<(try readElementCount()) { live.append(try readBranchID()) }
        var results: [Payload?] = []
        for _ in 0..<(try readElementCount()) {
            results.append(try readFlag() ? try readPayload() : nil)
        }
        var children = Children(count: 0)
        children.live = live
        children.results = results
        children.finished = try readCount()
        children.nextIndex = try readCount()
        children.items = try readFlag() ? try readItems() : nil
        children.startCursor = try readSigned()
        for _ in 0..<(try readElementCount()) {
            children.unsuccessful.append(try readBranch(definition))
        }
        return children
    }
}

extension ExecutionStatus {
    /// The status's code in snapshots; append only.
    var snapshotCode: UInt8 {
        switch self {
        case .running: 0
        case .succeeded: 1
        case .failed: 2
        case .timedOut: 3
        case .aborted: 4
        }
    }
}
