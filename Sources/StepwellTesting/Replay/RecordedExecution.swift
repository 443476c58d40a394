import StepwellEngine
import StepwellHistory
import StepwellInterpreter

/// One execution's log, with the definition that it followed.
struct RecordedExecution: Sendable {
    /// Its number in the store that it was recorded in.
    let number: ExecutionNumber
    /// What it was started with; the first record of its log.
    let start: StartInput
    /// The text of the definition.
    let definition: String
    /// The turns of its log, in order.
    let turns: [[UInt8]]

    /// The execution of a log.
    ///
    /// - Throws: `RecordingError` when the log does not begin with a start, or the definition is
    ///   not there.
    init(
        number: ExecutionNumber,
        turns: [[UInt8]],
        definition: (DefinitionDigest) throws -> String?
    ) throws {
        guard let first = turns.first,
            let turn = try? TurnCodec.decode(first, resolve: { _ in nil }),
            case .input(.start(let start))? = turn.records.first?.body
        else {
            throw RecordingError(
                "execution \(number.rawValue): its log does not begin with a start"
            )
        }
        guard let text = try definition(start.definition) else {
            throw RecordingError("\(start.executionARN): its definition is not there")
        }
        self.number = number
        self.start = start
        self.definition = text
        self.turns = turns
    }

    /// The name of its state machine: of a child of a Map Run, that of the machine with the Map.
    var stateMachine: String {
        let parts = start.stateMachineARN.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count > 6 else { return start.stateMachineARN }
        return String(parts[6].prefix { $0 != "/" })
    }
}

/// Why recorded executions cannot be read or written.
public struct RecordingError: Error, Sendable, CustomStringConvertible {
    /// What is wrong, and where.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
