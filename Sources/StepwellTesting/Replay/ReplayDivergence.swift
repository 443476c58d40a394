public import Stepwell
import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellReplay

/// The first place where a definition makes something else of an execution's recorded inputs than
/// its log holds.
public struct ReplayDivergence: Sendable, CustomStringConvertible {
    /// The ARN of the execution.
    public let executionARN: String
    /// The last event that the two have in common, of a turn that agrees as a whole; 0 for none.
    public let lastCommonEventID: Int64
    /// The event in the log, when what differs there is one.
    public let recorded: ExecutionEvent?
    /// The event that the definition leads to, when what differs is one.
    public let derived: ExecutionEvent?
    /// What differs, in a sentence with both sides.
    public let explanation: String

    init(_ execution: RecordedExecution, _ divergence: Divergence, after last: EventID) {
        executionARN = execution.start.executionARN
        lastCommonEventID = last
        recorded = Self.event(divergence.recorded)
        derived = Self.event(divergence.derived)
        explanation =
            "\(divergence.explanation)\n  recorded: \(Self.text(divergence.recorded))"
            + "\n  derived:  \(Self.text(divergence.derived))"
    }

    init(_ execution: RecordedExecution, noMapState name: String) {
        executionARN = execution.start.executionARN
        lastCommonEventID = 0
        recorded = nil
        derived = nil
        explanation = "the definition has no distributed Map state '\(name)'"
    }

    /// The execution, the place and the two sides.
    public var description: String {
        "\(executionARN), after event \(lastCommonEventID): \(explanation)"
    }

    private static func event(_ side: Divergence.Side?) -> ExecutionEvent? {
        guard case .record(let record)? = side, case .event(let event) = record.body else {
            return nil
        }
        return ExecutionEvent(event)
    }

    private static func text(_ side: Divergence.Side?) -> String {
        switch side {
        case nil: "nothing"
        case .summary(let summary): "\(summary)"
        case .record(let record):
            if case .event(let event) = record.body {
                JSONWriter.string(ExecutionEvent(event).json)
            } else {
                "\(record.body)"
            }
        }
    }
}
