package import StepwellHistory

extension EncodedTurn {
    /// The header of the turn, when it can be read and its execution and digest are those
    /// of the head.
    package func checkedHeader() throws(StoreError) -> TurnHeader {
        do throws(TurnCodecError) {
            let header = try TurnCodec.peek(bytes)
            guard head.execution == header.execution,
                try TurnCodec.storedDigest(of: bytes) == head.digest
            else {
                throw TurnCodecError(.invalid("head: it is that of another turn"))
            }
            return header
        } catch {
            throw StoreError(
                .contradiction,
                "a turn of execution \(head.execution.rawValue) to append: \(error)"
            )
        }
    }
}

extension ExecutionHead {
    /// The head that follows from a turn and the head before it; of the first turn, `before` says
    /// name and state machine.
    package init(after header: TurnHeader, of before: ExecutionHead, digest: TurnDigest) {
        let isCatalog = header.execution == .catalog
        let isFirst = header.firstOrdinal == Ordinal(1)
        let start = isFirst ? header.time : before.startDate
        // A closed execution takes a redrive, which is an event, and news that changes nothing.
        let wasClosed = !isFirst && !isCatalog && before.summary.status != .running
        let isClosed = header.summary.status != .running
        let isRedrive = wasClosed && (header.eventCount > 0 || !isClosed)
        let stop = wasClosed && !isRedrive ? before.stopDate : header.time
        self.init(
            execution: header.execution,
            executionName: before.executionName,
            stateMachineARN: before.stateMachineARN,
            startDate: isCatalog ? Timestamp(milliseconds: 0) : start,
            stopDate: isClosed ? stop : nil,
            summary: header.summary,
            lastOrdinal: header.lastOrdinal,
            lastEventID: isCatalog ? 0 : header.lastEventID,
            digest: digest,
            redriveCount: isFirst ? 0 : before.redriveCount + (isRedrive ? 1 : 0),
            redriveDate: isFirst ? nil : isRedrive ? header.time : before.redriveDate
        )
    }

    /// What an execution is called, as the input of its first turn says; the catalog stream has no
    /// name.
    package static func named(
        byFirstTurn bytes: [UInt8],
        _ header: TurnHeader
    ) throws(TurnCodecError) -> ExecutionHead {
        var name = ""
        var machine = ""
        if header.execution != .catalog {
            guard let start = try TurnCodec.peekStart(bytes) else {
                throw TurnCodecError(.invalid("start"))
            }
            name = start.executionName
            machine = start.stateMachineARN
        }
        return ExecutionHead(
            execution: header.execution,
            executionName: name,
            stateMachineARN: machine,
            startDate: header.time,
            stopDate: nil,
            summary: header.summary,
            lastOrdinal: header.lastOrdinal,
            lastEventID: header.lastEventID,
            digest: .origin
        )
    }
}
