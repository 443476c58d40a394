import StepwellEngine
import StepwellHistory

/// Everything that a store answers, for comparison.
struct Fingerprint: Equatable {
    var heads: [ExecutionHead] = []
    var turns: [[UInt8]] = []
    var names: [[UInt64]] = []
    var listing: [UInt64] = []
    var running: [UInt64] = []
    var due: [UInt64] = []
    var unsettled: [UInt64] = []
    var snapshots: [[UInt8]] = []
    var newest: [UInt64] = []
    var scanned = 0

    /// Asks a store about the executions with these numbers, and everything else.
    init(of store: any EventStore, executions: ClosedRange<UInt64>) throws {
        let all = Ordinal(1)...Ordinal(.max)
        for number in executions {
            let execution = ExecutionNumber(number)
            for head in try store.heads(.execution(execution)) {
                heads.append(head)
                names.append(
                    try numbers(
                        store,
                        .name(
                            stateMachineARN: head.stateMachineARN,
                            executionName: head.executionName
                        )
                    )
                )
            }
            turns += try store.readTurns(of: execution, ordinals: all, byteLimit: .max)
                .map(\.bytes)
            if let snapshot = try store.snapshot(of: execution) { snapshots.append(snapshot.bytes) }
        }
        listing = try numbers(store, list(nil))
        running = try numbers(store, list(.running))
        due = try numbers(store, .due(upTo: Timestamp(milliseconds: .max), limit: .max))
        unsettled = try numbers(store, .unsettled(after: nil, limit: .max))
        newest = try numbers(store, .newest)
        var count = 0
        _ = try store.scan(from: nil) { _ in
            count += 1
            return .proceed
        }
        scanned = count
    }

    private func list(_ status: ExecutionStatus?) -> HeadQuery {
        .listing(
            stateMachineARN: TurnFactory.machine,
            status: status,
            after: nil,
            limit: .max
        )
    }

    private func numbers(_ store: any EventStore, _ query: HeadQuery) throws -> [UInt64] {
        try store.heads(query).map(\.execution.rawValue)
    }
}
