import StepwellEngine
import StepwellHistory

/// What the store knows of an execution: its head and where its segments are; derived data.
struct ExecutionEntry: Sendable, Hashable {
    var head: ExecutionHead
    var segmentCount: UInt64
    /// The newest segment.
    var last: SegmentLocation?
    /// The newest directory frame.
    var directory: SegmentLocation?
    /// The segments behind the newest directory frame, oldest first; fewer than 64.
    var recent: [SegmentReference]

    /// What a run has in place of the entry of an execution that was dropped.
    static let dropped: [UInt8] = [0]
    static let version: UInt8 = 1
    /// The version of an entry with redrives.
    static let versionWithRedrives: UInt8 = 2

    var execution: ExecutionNumber { head.execution }

    /// Whether the execution has work that does not come by a timer; a closed one may owe some.
    var isUnsettled: Bool { head.summary.pendingTasks > 0 || head.summary.isRunnable }

    /// When the execution has to be woken.
    var due: Timestamp? {
        head.summary.status == .running ? head.summary.nextDue : nil
    }
}

extension ExecutionEntry {
    /// The entry in a run; version 2 has the redrives at its end, version 1 is without any.
    func write(to writer: inout ByteWriter) {
        let isRedriven = head.redriveCount > 0
        writer.write(isRedriven ? Self.versionWithRedrives : Self.version)
        writer.writeVarint(head.execution.rawValue)
        writer.writeString(head.executionName)
        writer.writeString(head.stateMachineARN)
        writer.writeSigned(head.startDate.milliseconds)
        writer.writeOptional(head.stopDate) { $0.writeSigned($1.milliseconds) }
        writer.writeString(head.summary.status.rawValue)
        writer.writeOptional(head.summary.nextDue) { $0.writeSigned($1.milliseconds) }
        writer.writeVarint(UInt64(head.summary.pendingTasks))
        writer.write(head.summary.isRunnable)
        writer.writeVarint(head.lastOrdinal.rawValue)
        writer.writeSigned(head.lastEventID)
        writer.writeRaw(head.digest.bytes)
        writer.writeVarint(segmentCount)
        SegmentLocation.write(last, to: &writer)
        SegmentLocation.write(directory, to: &writer)
        SegmentReference.write(recent, to: &writer)
        guard isRedriven else { return }
        writer.writeCount(head.redriveCount)
        writer.writeOptional(head.redriveDate) { $0.writeSigned($1.milliseconds) }
    }

    /// Reads the entry that is the value of a run's row; nil when it says that the execution was
    /// dropped.
    init?(value: ArraySlice<UInt8>, run: UInt64) throws(StoreError) {
        guard !value.elementsEqual(Self.dropped) else { return nil }
        do throws(ByteReaderError) {
            var reader = ByteReader(value)
            try self.init(from: &reader)
        } catch {
            throw StoreError(.damaged, "run \(run), an entry: \(error.what)")
        }
    }

    /// Reads what `write` wrote.
    init(from reader: inout ByteReader) throws(ByteReaderError) {
        let version = try reader.readByte()
        guard version == Self.version || version == Self.versionWithRedrives else {
            throw ByteReaderError(.invalid("entry version \(version)"), at: reader.position - 1)
        }
        let execution = ExecutionNumber(try reader.readVarint())
        let name = try reader.readString()
        let machine = try reader.readString()
        let start = Timestamp(milliseconds: try reader.readSigned())
        let stop = try reader.readFlag() ? try reader.readSigned() : nil
        let statusName = try reader.readString()
        guard let status = ExecutionStatus(rawValue: statusName) else {
            throw ByteReaderError(.invalid("execution status"), at: reader.position)
        }
        let due = try reader.readFlag() ? try reader.readSigned() : nil
        let summary = TurnSummary(
            status: status,
            nextDue: due.map(Timestamp.init(milliseconds:)),
            pendingTasks: UInt32(clamping: try reader.readVarint()),
            isRunnable: try reader.readFlag()
        )
        head = ExecutionHead(
            execution: execution,
            executionName: name,
            stateMachineARN: machine,
            startDate: start,
            stopDate: stop.map(Timestamp.init(milliseconds:)),
            summary: summary,
            lastOrdinal: Ordinal(try reader.readVarint()),
            lastEventID: try reader.readSigned(),
            digest: TurnDigest(bytes: try reader.readRaw(32))
        )
        segmentCount = try reader.readVarint()
        last = try SegmentLocation.read(from: &reader)
        directory = try SegmentLocation.read(from: &reader)
        recent = try SegmentReference.readList(from: &reader)
        guard version == Self.versionWithRedrives else { return }
        head.redriveCount = try reader.readCount()
        let redriven = try reader.readFlag() ? try reader.readSigned() : nil
        head.redriveDate = redriven.map(Timestamp.init(milliseconds:))
    }
}
