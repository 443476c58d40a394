import StepwellHistory
import StepwellInterpreter
import StepwellLanguage
import StepwellReplay

extension FuzzTarget {
    /// Executions of arbitrary definitions, the input after the first zero byte: every event hangs
    /// below an earlier one, none goes on for ever without one, and the log derives itself.
    static let execution = FuzzTarget(
        name: "execution",
        seeds: definitions.map { $0 + "\u{0}{\"a\":[1,{}],\"n\":2,\"m\":1,\"s\":\"b\"}" },
        complaint: complaintOfExecution
    )

    private static func complaintOfExecution(_ bytes: [UInt8]) -> String? {
        let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        let outcome = DefinitionDecoder().decode([UInt8](parts.first ?? []))
        guard let definition = outcome.definition else { return nil }
        var run = FuzzRun(definition: definition)
        return run.complaint(on: parts.count > 1 ? [UInt8](parts[1]) : Array("{}".utf8))
    }
}
