import StepwellEngine
import StepwellHistory

/// Makes turns as the engine would, deterministically: each execution's follow each other.
struct TurnFactory {
    private(set) var heads: [ExecutionNumber: ExecutionHead] = [:]

    static let machine = "arn:aws:states:us-east-1:123456789012:stateMachine:orders"

    /// The first turn of an execution.
    mutating func start(
        _ number: UInt64,
        name: String? = nil,
        machine: String = TurnFactory.machine,
        at time: Int64? = nil,
        summary: TurnSummary = TurnSummary(
            status: .running,
            nextDue: nil,
            pendingTasks: 0,
            isRunnable: false
        ),
        inputSize: Int = 20
    ) -> EncodedTurn {
        let name = name ?? "order-\(number)"
        let text = [0x22] + [UInt8](repeating: 0x61 + UInt8(number % 26), count: inputSize) + [0x22]
        let input = StartInput(
            name: name,
            stateMachineARN: machine,
            executionARN: "\(machine):\(name)",
            definition: DefinitionDigest(bytes: [UInt8](repeating: 9, count: 32)),
            roleARN: "arn:aws:iam::123456789012:role/orders",
            input: Payload(text: text, location: PayloadLocation(ordinal: Ordinal(1))),
            seed: [UInt8](repeating: UInt8(number & 255), count: 32),
            semantics: 1,
            limits: LimitsProfile(historyEvents: 25_000, payloadBytes: 262_144)
        )
        let execution = ExecutionNumber(number)
        let time = Timestamp(milliseconds: time ?? Int64(1_700_000_000_000 + number * 1000))
        heads[execution] = ExecutionHead(
            execution: execution,
            executionName: name,
            stateMachineARN: machine,
            startDate: time,
            stopDate: nil,
            summary: summary,
            lastOrdinal: Ordinal(0),
            lastEventID: 0,
            digest: .origin
        )
        return turn(of: number, .start(input), at: time.milliseconds, summary: summary)
    }

    /// A further turn of an execution.
    mutating func turn(
        of number: UInt64,
        _ input: Input = .continueTurn,
        at time: Int64? = nil,
        summary: TurnSummary = TurnSummary(
            status: .running,
            nextDue: nil,
            pendingTasks: 0,
            isRunnable: false
        )
    ) -> EncodedTurn {
        let execution = ExecutionNumber(number)
        guard var head = heads[execution] else { preconditionFailure("it was not started") }
        let time = Timestamp(milliseconds: time ?? head.startDate.milliseconds + 10)
        let first = head.lastOrdinal.advanced(by: 1)
        let turn = Turn(
            execution: execution,
            semantics: 1,
            time: time,
            firstOrdinal: first,
            firstEventID: head.lastEventID + 1,
            records: [
                Record(ordinal: first, branch: .root, body: .input(input)),
                Record(
                    ordinal: first.advanced(by: 1),
                    branch: .root,
                    body: .engine(.ruleMatched(index: 3))
                ),
            ],
            summary: summary
        )
        let (bytes, digest) = TurnCodec.encode(turn, previous: head.digest)
        let wasClosed = head.summary.status != .running
        let isClosed = summary.status != .running
        head.stopDate = isClosed ? time : nil
        if wasClosed {
            head.redriveCount += 1
            head.redriveDate = time
        }
        head.summary = summary
        head.lastOrdinal = first.advanced(by: 1)
        head.digest = digest
        heads[execution] = head
        return EncodedTurn(bytes: bytes, head: head)
    }

    /// The turn that ends an execution.
    mutating func end(
        _ number: UInt64,
        _ status: ExecutionStatus = .succeeded,
        at time: Int64? = nil
    ) -> EncodedTurn {
        turn(
            of: number,
            at: time,
            summary: TurnSummary(
                status: status,
                nextDue: nil,
                pendingTasks: 0,
                isRunnable: false
            )
        )
    }

    /// A turn of the catalog stream.
    mutating func catalog(_ body: [UInt8], at time: Int64 = 1_700_000_000_000) -> EncodedTurn {
        let summary = TurnSummary(
            status: .running,
            nextDue: nil,
            pendingTasks: 0,
            isRunnable: false
        )
        let before = heads[.catalog]
        let first = (before?.lastOrdinal ?? Ordinal(0)).advanced(by: 1)
        let header = TurnHeader(
            shard: 0,
            semantics: 1,
            execution: .catalog,
            firstOrdinal: first,
            firstEventID: 0,
            recordCount: 1,
            eventCount: 0,
            time: Timestamp(milliseconds: time),
            summary: summary,
            previous: before?.digest ?? .origin
        )
        let (bytes, digest) = TurnCodec.encodeOpaque(header: header, body: body)
        let head = ExecutionHead(
            execution: .catalog,
            executionName: "",
            stateMachineARN: "",
            startDate: Timestamp(milliseconds: 0),
            stopDate: nil,
            summary: summary,
            lastOrdinal: first,
            lastEventID: 0,
            digest: digest
        )
        heads[.catalog] = head
        return EncodedTurn(bytes: bytes, head: head)
    }
}

extension TurnSummary {
    /// The summary of a running execution.
    static func running(
        due: Int64? = nil,
        tasks: UInt32 = 0,
        runnable: Bool = false
    ) -> TurnSummary {
        TurnSummary(
            status: .running,
            nextDue: due.map(Timestamp.init(milliseconds:)),
            pendingTasks: tasks,
            isRunnable: runnable
        )
    }
}
