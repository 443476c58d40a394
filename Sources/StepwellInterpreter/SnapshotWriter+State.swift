import StepwellHistory
import StepwellLanguage

extension SnapshotWriter {
    mutating func write(_ failure: Failure) {
        writeOptionalString(failure.error)
        writeOptionalString(failure.cause)
    }

    mutating func write(_ failure: StateFailure) {
        write(failure.failure)
        write(failure.kind.rawValue)
        write(failure.isHeartbeat)
    }

    mutating func write(_ start: StartInput) {
        writeString(start.name)
        writeString(start.stateMachineARN)
        writeString(start.executionARN)
        writeBytes(start.definition.bytes)
        writeString(start.roleARN)
        write(start.input)
        writeBytes(start.seed)
        writeFixed(start.semantics)
        writeSigned(start.limits.historyEvents)
        writeCount(start.limits.payloadBytes)
        writeOptionalString(start.traceHeader)
        writeOptionalString(start.stateMachineAliasARN)
        writeOptionalString(start.stateMachineVersionARN)
        writeOptionalString(start.testCase)
        writeOptional(start.mapRun) {
            $0.writeString($1.mapRunARN)
            $0.writeVarint($1.parent.rawValue)
            $0.writeCount($1.child.mapRun)
            $0.writeCount($1.child.index)
            $0.writeString($1.stateName)
        }
        write(start.isSynchronous)
        writeOptional(start.nested) {
            $0.writeVarint($1.parent.rawValue)
            $0.writeVarint($1.task.rawValue)
        }
    }

    mutating func write(_ ending: ExecutionState.Ending) {
        switch ending {
        case .timedOut: write(UInt8(0))
        case .stopped(let failure):
            write(UInt8(1))
            write(failure)
        }
    }

    mutating func write(_ timer: ArmedTimer) {
        writeVarint(timer.ordinal.rawValue)
        writeSigned(timer.due.milliseconds)
        write(timer.kind.rawValue)
        writeVarint(UInt64(timer.branch.rawValue))
    }

    mutating func write(_ branch: Branch) {
        writeVarint(UInt64(branch.id.rawValue))
        writeOptional(branch.parent) { $0.writeVarint(UInt64($1.rawValue)) }
        switch branch.role {
        case .root: write(UInt8(0))
        case .parallel(let index):
            write(UInt8(1))
            writeCount(index)
        case .iteration(let index):
            write(UInt8(2))
            writeCount(index)
        }
        writeSigned(branch.previousEventID)
        writeCount(branch.state.value)
        write(branch.input)
        write(branch.phase)
        write(branch.isFresh)
        writeSigned(branch.enteredEventID)
        writeSigned(branch.beforeEntryEventID)
        writeSigned(branch.enteredTime.milliseconds)
        writeCount(branch.retries.total)
        writeCount(branch.retries.counts.count)
        for count in branch.retries.counts { writeCount(count) }
        writeCount(branch.variables.count)
        for variable in branch.variables {
            writeString(variable.name)
            write(variable.value)
        }
        writeOptional(branch.token) {
            $0.writeVarint($1.ordinal.rawValue)
            $0.writeBytes($1.secret)
        }
        writeOptional(branch.items) { $0.write($1) }
        writeOptional(branch.children) { $0.write($1) }
        writeOptional(branch.ended) { $0.write($1) }
        writeOptional(branch.task) { $0.write($1) }
        writeOptional(branch.mapRun) { $0.writeCount($1) }
        writeOptional(branch.endedMapRun) { $0.writeCount($1) }
    }

    mutating func write(_ phase: Phase) {
        switch phase {
        case .entering: write(UInt8(0))
        case .entered: write(UInt8(1))
        case .chosen(let next, let rule):
            write(UInt8(2))
            writeCount(next.value)
            writeOptional(rule) { $0.writeCount($1) }
        case .waiting(let timer):
            write(UInt8(3))
            writeVarint(timer.rawValue)
        case .waited: write(UInt8(4))
        case .working: write(UInt8(5))
        case .joining: write(UInt8(6))
        case .collected: write(UInt8(7))
        case .resulted(let result):
            write(UInt8(8))
            writeOptional(result) { $0.write($1) }
        case .failed(let failure):
            write(UInt8(9))
            write(failure)
        case .caught(let failure, let catcher):
            write(UInt8(10))
            write(failure)
            writeCount(catcher)
        case .ended(let output):
            write(UInt8(11))
            write(output)
        case .aborted: write(UInt8(12))
        }
    }

    mutating func write(_ items: ResolvedItems) {
        write(items.payload)
        writeCount(items.maxConcurrency)
    }

    mutating func write(_ children: Children) {
        writeCount(children.live.count)
        for child in children.live { writeVarint(UInt64(child.rawValue)) }
        writeCount(children.results.count)
        for result in children.results { writeOptional(result) { $0.write($1) } }
        writeCount(children.finished)
        writeCount(children.nextIndex)
        writeOptional(children.items) { $0.write($1) }
        writeSigned(children.startCursor)
        writeCount(children.unsuccessful.count)
        for branch in children.unsuccessful { write(branch) }
    }
}
