import StepwellEngine
import StepwellHistory

/// Reads the log of executions.
enum TraceReader {
    /// The traces of turns, those of each execution in order; by execution.
    static func traces(
        of logs: [(execution: ExecutionNumber, turns: [StoredTurn])]
    ) throws -> [ExecutionNumber: ExecutionTrace] {
        var traces: [ExecutionNumber: ExecutionTrace] = [:]
        for (execution, turns) in logs where execution != .catalog {
            traces[execution] = try trace(of: turns)
        }
        return traces
    }

    /// The trace of one execution's turns; nil when it has none.
    static func trace(of turns: [StoredTurn]) throws -> ExecutionTrace? {
        var texts: [PayloadLocation: [UInt8]] = [:]
        var trace: ExecutionTrace?
        for stored in turns {
            let turn = try TurnCodec.decode(stored.bytes) { texts[$0] }
            for record in turn.records {
                for payload in record.payloads {
                    if let location = payload.location { texts[location] = payload.text }
                }
                if trace == nil, case .input(.start(let start)) = record.body {
                    trace = ExecutionTrace(start)
                }
                trace?.take(record)
            }
        }
        return trace
    }
}
