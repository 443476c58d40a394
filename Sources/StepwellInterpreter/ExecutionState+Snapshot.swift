package import StepwellHistory
package import StepwellLanguage

/// A snapshot is the state after some record, so that the log before it need not be read again.
/// Derived data: it can be deleted and rebuilt.
///
/// ```
/// version u8 · semantics · counters · start · result · ending · map runs · branches · ready
/// · timers · redrives · owed stops · invocations
/// ```
/// Payloads are written once, with their text and their place in the log (`SnapshotWriter`).
extension ExecutionState {
    /// Writes the state.
    package func encodeSnapshot(into buffer: inout ByteWriter) {
        let begun = buffer
        buffer = ByteWriter(capacity: 0)
        var writer = SnapshotWriter(continuing: begun)
        write(into: &writer)
        buffer = writer.bytes
    }

    private func write(into writer: inout SnapshotWriter) {
        writer.write(SnapshotReader.version)
        writer.writeVarint(execution.rawValue)
        writer.writeFixed(semantics)
        writer.writeVarint(lastOrdinal.rawValue)
        writer.writeSigned(lastEventID)
        writer.writeSigned(lastTime.milliseconds)
        writer.writeSigned(startTime.milliseconds)
        writer.writeVarint(UInt64(nextBranch))
        writer.writeVarint(random.position)
        writer.write(status.snapshotCode)
        writer.writeOptional(stopTime) { $0.writeSigned($1.milliseconds) }
        writer.writeOptional(output) { $0.write($1) }
        writer.writeOptional(failure) { $0.write($1) }
        writer.writeOptional(start) { $0.write($1) }
        writer.writeOptional(executionTimer) { $0.writeVarint($1.rawValue) }
        writer.writeOptional(ending) { $0.write($1) }
        writer.writeCount(mapRuns.count)
        for run in mapRuns { writer.write(run) }
        let live = branches.sorted
        writer.writeCount(live.count)
        for branch in live { writer.write(branch) }
        writer.writeCount(ready.elements.count)
        for branch in ready.elements { writer.writeVarint(UInt64(branch.rawValue)) }
        writer.writeCount(timers.elements.count)
        for timer in timers.elements { writer.write(timer) }
        writer.writeCount(redriveCount)
        writer.writeOptional(redriveDate) { $0.writeSigned($1.milliseconds) }
        writer.writeCount(redrives.count)
        for redrive in redrives {
            writer.writeString(redrive.clientToken)
            writer.writeSigned(redrive.time.milliseconds)
        }
        writer.writeCount(owedStops.count)
        for stop in owedStops { writer.write(stop) }
        writer.writeCount(invocations.count)
        for state in invocations.keys.sorted() {
            writer.writeCount(state)
            writer.writeCount(invocations[state, default: 0])
        }
    }

    /// Reads a state that `encodeSnapshot` wrote under the same definition.
    package init(
        snapshot buffer: inout ByteReader,
        definition: StateMachineDefinition
    ) throws(ByteReaderError) {
        var reader = try SnapshotReader(buffer)
        try self.init(snapshot: &reader, definition: definition)
        try check(reader)
        buffer = reader.bytes
    }

    private init(
        snapshot reader: inout SnapshotReader,
        definition: StateMachineDefinition
    ) throws(ByteReaderError) {
        self.init(
            execution: ExecutionNumber(try reader.readVarint()),
            definition: definition
        )
        semantics = try reader.readFixed16()
        lastOrdinal = Ordinal(try reader.readVarint())
        lastEventID = try reader.readSigned()
        lastTime = Timestamp(milliseconds: try reader.readSigned())
        startTime = Timestamp(milliseconds: try reader.readSigned())
        nextBranch = UInt32(truncatingIfNeeded: try reader.readVarint())
        let position = try reader.readVarint()
        status = try reader.readStatus()
        stopTime = try reader.readFlag() ? Timestamp(milliseconds: reader.readSigned()) : nil
        output = try reader.readFlag() ? try reader.readPayload() : nil
        failure = try reader.readFlag() ? try reader.readFailure() : nil
        start = try reader.readFlag() ? try reader.readStart() : nil
        timeLimit = Self.timeLimit(definition, start)
        random = RandomStream(seed: start?.seed ?? [], position: position)
        executionTimer = try reader.readFlag() ? Ordinal(try reader.readVarint()) : nil
        ending = try reader.readFlag() ? try reader.readEnding() : nil
        for _ in 0..<(try reader.readElementCount()) {
            mapRuns.append(try reader.readMapRun(definition))
        }
        for _ in 0..<(try reader.readElementCount()) {
            let branch = try reader.readBranch(definition)
            // In order of their ids, the root first.
            guard branches.isEmpty == (branch.id == .root), !branches.contains(branch.id) else {
                throw reader.invalid("order of branches")
            }
            branches.insert(branch)
            if let task = branch.task { tasks[task.dispatch.ordinal] = branch.id }
        }
        for _ in 0..<(try reader.readElementCount()) {
            ready.append(try reader.readBranchID())
        }
        for _ in 0..<(try reader.readElementCount()) { timers.insert(try reader.readTimer()) }
        redriveCount = try reader.readCount()
        redriveDate = try reader.readFlag() ? Timestamp(milliseconds: reader.readSigned()) : nil
        for _ in 0..<(try reader.readElementCount()) {
            let token = try reader.readString()
            let time = Timestamp(milliseconds: try reader.readSigned())
            redrives.append(Redrive(clientToken: token, time: time))
        }
        guard reader.isComplete else {
            try checkWhole(reader)
            return
        }
        let stops = try reader.readElementCount()
        // What an order to stop is written as was another thing while that version was the last.
        guard stops == 0 || reader.hasMapRunData else {
            throw reader.invalid("version for this execution")
        }
        for _ in 0..<stops { owedStops.append(try reader.readOwedStop()) }
        for _ in 0..<(try reader.readElementCount()) {
            let state = try reader.readCount()
            invocations[state] = try reader.readCount()
        }
    }

    /// Refuses an earlier version's snapshot of an execution of which that version knew less than
    /// the log does.
    private func checkWhole(_ reader: SnapshotReader) throws(ByteReaderError) {
        let hasWork = tasks.values.contains { branches[$0].task?.kind.endsWithWork == true }
        guard start?.testCase == nil, !hasWork else {
            throw reader.invalid("version for this execution")
        }
    }

    /// The text of a payload that the state holds, by its place in the log: what later turns may
    /// refer to without repeating it.
    package func payload(at location: PayloadLocation) -> [UInt8]? {
        if let start, start.input.location == location { return start.input.text }
        if let output, output.location == location { return output.text }
        for run in mapRuns {
            if let payload = run.payload(at: location) { return payload.text }
        }
        for stop in owedStops {
            if let text = stop.payload(at: location) { return text }
        }
        for branch in branches.all {
            if let payload = branch.payload(at: location) { return payload.text }
        }
        return nil
    }
}

extension Children {
    /// A payload that the children and their books hold, by its place in the log.
    fileprivate func payload(at location: PayloadLocation) -> Payload? {
        if let items, items.payload.location == location { return items.payload }
        for case let result? in results where result.location == location { return result }
        for branch in unsuccessful {
            if let payload = branch.payload(at: location) { return payload }
        }
        return nil
    }
}

extension Branch {
    /// A payload that the branch holds, by its place in the log.
    fileprivate func payload(at location: PayloadLocation) -> Payload? {
        if input.location == location { return input }
        for variable in variables where variable.value.location == location {
            return variable.value
        }
        switch phase {
        case .resulted(let result?) where result.location == location: return result
        case .ended(let output) where output.location == location: return output
        case .entering, .entered, .chosen, .waiting, .waited, .working, .joining, .collected,
            .resulted, .failed, .caught, .ended, .aborted:
            break
        }
        if let items, items.payload.location == location { return items.payload }
        return task?.payload(at: location) ?? children?.payload(at: location)
            ?? ended?.payload(at: location)
    }
}

extension TaskActivation {
    /// A payload that the task holds, by its place in the log.
    fileprivate func payload(at location: PayloadLocation) -> Payload? {
        if dispatch.parameters.location == location { return dispatch.parameters }
        if let submitted, submitted.location == location { return submitted }
        for arrival in arrivals {
            switch arrival {
            case .submitted(let output), .succeeded(let output):
                if output.location == location { return output }
            case .started, .failed, .submitFailed, .timedOut: break
            }
        }
        return nil
    }
}
