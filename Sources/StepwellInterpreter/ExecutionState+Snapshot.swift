package import StepwellHistory
package import StepwellLanguage

/// A snapshot is the state after some record, so that the log before it need not be read again.
/// Derived data: it can be deleted and rebuilt.
///
/// ```
/// version u8 · semantics · counters · start · result · ending · map runs · branches · ready
/// · timers · redrives
/// ```
/// Payloads are written with their text and their place in the log.
extension ExecutionState {
    static var snapshotVersion: UInt8 { 7 }

    /// Writes the state.
    package func encodeSnapshot(into writer: inout ByteWriter) {
        writer.write(Self.snapshotVersion)
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
    }

    /// Reads a state that `encodeSnapshot` wrote under the same definition.
    package init(
        snapshot reader: inout ByteReader,
        definition: StateMachineDefinition
    ) throws(ByteReaderError) {
        guard try reader.readByte() == Self.snapshotVersion else {
            throw ByteReaderError(.invalid("snapshot version"), at: 0)
        }
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
    }

    /// The text of a payload that the state holds, by its place in the log: what later turns may
    /// refer to without repeating it.
    package func payload(at location: PayloadLocation) -> [UInt8]? {
        if let start, start.input.location == location { return start.input.text }
        if let output, output.location == location { return output.text }
        for run in mapRuns {
            if let payload = run.payload(at: location) { return payload.text }
        }
        for branch in branches.sorted {
            if let payload = branch.payloads.first(where: { $0.location == location }) {
                return payload.text
            }
        }
        return nil
    }
}

extension Children {
    /// Every payload that the children and their books hold.
    fileprivate var payloads: [Payload] {
        results.compactMap(\.self) + (items.map { [$0.payload] } ?? [])
            + unsuccessful.flatMap(\.payloads)
    }
}

extension Branch {
    /// Every payload that the branch holds.
    var payloads: [Payload] {
        var held = [input] + variables.map(\.value)
        switch phase {
        case .resulted(let result?): held.append(result)
        case .ended(let output): held.append(output)
        default: break
        }
        for children in [children, ended].compactMap(\.self) { held += children.payloads }
        if let items { held.append(items.payload) }
        if let task {
            held.append(task.dispatch.parameters)
            for arrival in task.arrivals {
                switch arrival {
                case .submitted(let output), .succeeded(let output): held.append(output)
                case .started, .failed, .submitFailed, .timedOut: break
                }
            }
        }
        return held
    }
}
