import StepwellHistory
import StepwellJSON
import StepwellReplay

/// What came of replaying one execution.
struct ReplayFinding {
    /// The verdict.
    enum Verdict: String {
        /// Every turn is what the definition and the inputs lead to.
        case agrees
        /// The chain holds; some turns' semantics cannot be derived any more.
        case chainOnly = "chain-only"
        /// Rebuilt, not derived again.
        case rebuilt
        case diverged
        case damage
    }

    var execution: String
    var number: UInt64
    var verdict: Verdict
    var status: ExecutionStatus
    var turns = 0
    var records = 0
    var lastEvent: EventID = 0
    var lastRecord: UInt64 = 0
    var time: Timestamp?
    /// The divergence or the damage, in a sentence.
    var explanation: String?

    /// The finding on one line.
    var line: String {
        let colour: Terminal.Colour =
            switch verdict {
            case .agrees, .rebuilt: .green
            case .chainOnly: .yellow
            case .diverged, .damage: .red
            }
        let mark = Terminal.coloured(verdict.rawValue, colour, on: .output)
        let extent = "\(turns) turns, \(records) records, \(lastEvent) events"
        let text = "\(mark)  \(execution)  \(status.rawValue)  \(extent)"
        return explanation.map { "\(text)\n    \($0)" } ?? text
    }

    /// The finding for machines.
    var document: JSONObject {
        var document = JSONObject()
        document["execution"] = .string(execution)
        document["number"] = .number(JSONNumber(Int64(number)))
        document["verdict"] = .string(verdict.rawValue)
        document["status"] = .string(status.rawValue)
        document["turns"] = .number(JSONNumber(Int64(turns)))
        document["records"] = .number(JSONNumber(Int64(records)))
        document["lastEventId"] = .number(JSONNumber(lastEvent))
        document["lastRecord"] = .number(JSONNumber(Int64(lastRecord)))
        document["time"] = time.map { .string($0.rfc3339) }
        document["explanation"] = explanation.map { .string($0) }
        return document
    }
}
