import StepwellHistory
import StepwellLanguage

extension MapRun {
    /// The text of a payload that the run holds, by its place in the log.
    func payload(at location: PayloadLocation) -> Payload? {
        if let items, items.payload.location == location { return items.payload }
        if let plan, plan.payload.location == location { return plan.payload }
        if let writtenOutput, writtenOutput.location == location { return writtenOutput }
        if let page = reading?.pages.first(where: { $0.items.payload.location == location }) {
            return page.items.payload
        }
        // Order-free: one payload at most has the location.
        return open.values.first { $0.location == location }
            // Order-free: likewise.
            ?? results.values.first { $0.location == location }
            // Order-free: likewise.
            ?? kept.values.first { $0.location == location }
    }
}

extension SnapshotWriter {
    mutating func write(_ run: MapRun) {
        writeBytes(run.id)
        writeString(run.arn)
        writeString(run.childMachineARN)
        writeCount(run.state.value)
        writeVarint(UInt64(run.branch.rawValue))
        write(run.executionType == .express)
        write(run.status.rawValue)
        writeSigned(run.startDate.milliseconds)
        writeOptional(run.stopDate) { $0.writeSigned($1.milliseconds) }
        writeSigned(run.startedEventID)
        writeCount(run.maxConcurrency)
        writeTolerance(
            count: run.toleratedFailureCount,
            percentage: run.toleratedFailurePercentage
        )
        writeCount(run.given)
        writeOptional(run.items) { $0.write($1) }
        writeCount(run.children.count)
        for status in run.children { write(status.snapshotCode) }
        write(run.open)
        write(run.results)
        writeCount(run.redriveCount)
        writeOptional(run.redriveDate) { $0.writeSigned($1.milliseconds) }
        write(run.isReopened)
        write(run.kept)
        writeCount(run.pendingRedrive.count)
        for index in run.pendingRedrive { writeCount(index) }
        writeCount(run.redriven.count)
        for index in run.redriven.sorted() { writeCount(index) }
        writeCount(run.restarts.count)
        for index in run.restarts.keys.sorted() {
            writeCount(index)
            writeCount(run.restarts[index] ?? 0)
        }
        writeData(of: run)
    }

    /// What a run reads, batches and writes.
    private mutating func writeData(of run: MapRun) {
        write(run.needsPlan)
        writeOptional(run.plan) { $0.write($1.payload) }
        writeOptional(run.reading) { $0.write($1) }
        writeCount(run.nextItem)
        writeCount(run.batchEnds.count)
        var last: UInt32 = 0
        for end in run.batchEnds {
            writeVarint(UInt64(end - last))
            last = end
        }
        switch run.writing {
        case .notYet: write(UInt8(0))
        case .asked(let ordinal):
            write(UInt8(1))
            writeVarint(ordinal.rawValue)
        case .written(let output, let count):
            write(UInt8(2))
            write(output)
            writeCount(count)
        case .failed: write(UInt8(3))
        }
        write(run.hasLostResults)
    }

    private mutating func write(_ payloads: [Int: Payload]) {
        writeCount(payloads.count)
        for index in payloads.keys.sorted() {
            writeCount(index)
            if let payload = payloads[index] { write(payload) }
        }
    }
}

extension SnapshotReader {
    mutating func readMapRun(
        _ definition: StateMachineDefinition
    ) throws(ByteReaderError) -> MapRun {
        let id = try readBytes()
        let arn = try readString()
        let machine = try readString()
        let state = try readCount()
        guard state < definition.states.count else { throw invalid("state of this definition") }
        let branch = try readBranchID()
        let type: MapFields.ExecutionType = try readFlag() ? .express : .standard
        guard let status = MapRun.Status(rawValue: try readByte()) else {
            throw invalid("status of a Map Run")
        }
        let start = Timestamp(milliseconds: try readSigned())
        let stop = try readFlag() ? Timestamp(milliseconds: try readSigned()) : nil
        let started = try readSigned()
        let concurrency = try readCount()
        let tolerance = try readTolerance()
        var run = MapRun(
            id: id,
            arn: arn,
            childMachineARN: machine,
            state: StateIndex(state),
            branch: branch,
            executionType: type,
            status: status,
            startDate: start,
            stopDate: stop,
            startedEventID: started,
            maxConcurrency: concurrency,
            toleratedFailureCount: tolerance.count,
            toleratedFailurePercentage: tolerance.percentage,
            given: try readCount()
        )
        run.items = try readFlag() ? try readItems() : nil
        for _ in 0..<(try readElementCount()) { run.addChild(try readStatus()) }
        run.open = try readPayloads(below: run.children.count)
        run.results = try readPayloads(below: run.children.count)
        run.redriveCount = try readCount()
        run.redriveDate = try readFlag() ? Timestamp(milliseconds: try readSigned()) : nil
        run.isReopened = try readFlag()
        run.kept = try readPayloads(below: run.children.count)
        run.pendingRedrive = try readIndexes(below: run.children.count)
        run.redriven = Set(try readIndexes(below: run.children.count))
        for _ in 0..<(try readElementCount()) {
            let index = try readCount()
            guard index < run.children.count else { throw invalid("index of a child") }
            run.restarts[index] = try readCount()
        }
        if hasMapRunData { try readData(of: &run) }
        for (index, status) in run.children.enumerated() {
            run.itemTally[status, default: 0] +=
                run.batchEnds.isEmpty ? 0 : run.itemCount(of: index)
        }
        for index in run.pendingRedrive { run.count(index, as: run.children[index], by: -1) }
        run.resultBytes = run.results.values.reduce(0) { $0 + $1.text.count + 1 }
        return run
    }

    private mutating func readData(of run: inout MapRun) throws(ByteReaderError) {
        run.needsPlan = try readFlag()
        run.plan = try readFlag() ? MapRunPlan(try readPayload()) : nil
        run.reading = try readFlag() ? try ItemReading(from: &self) : nil
        run.nextItem = try readCount()
        var end: UInt32 = 0
        for _ in 0..<(try readElementCount()) {
            let (next, overflow) = end.addingReportingOverflow(
                UInt32(truncatingIfNeeded: try readVarint())
            )
            guard !overflow else { throw invalid("items of a batch") }
            end = next
            run.batchEnds.append(end)
        }
        guard run.batchEnds.isEmpty || run.batchEnds.count == run.children.count,
            run.nextItem <= run.total
        else { throw invalid("items of a Map Run") }
        switch try readByte() {
        case 0: run.writing = .notYet
        case 1: run.writing = .asked(Ordinal(try readVarint()))
        case 2:
            let output = try readPayload()
            run.writing = .written(output, count: try readCount())
        case 3: run.writing = .failed
        default: throw invalid("state of a Map Run's results")
        }
        run.hasLostResults = try readFlag()
    }

    private mutating func readIndexes(below limit: Int) throws(ByteReaderError) -> [Int] {
        var indexes: [Int] = []
        for _ in 0..<(try readElementCount()) {
            let index = try readCount()
            guard index < limit else { throw invalid("index of a child") }
            indexes.append(index)
        }
        return indexes
    }

    private mutating func readPayloads(
        below limit: Int
    ) throws(ByteReaderError) -> [Int: Payload] {
        var payloads: [Int: Payload] = [:]
        for _ in 0..<(try readElementCount()) {
            let index = try readCount()
            guard index < limit else { throw invalid("index of a child") }
            payloads[index] = try readPayload()
        }
        return payloads
    }
}
