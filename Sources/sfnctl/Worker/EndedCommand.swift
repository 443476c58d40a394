import StepwellIntegrations

/// A command that ended, and what it wrote.
struct EndedCommand: Sendable {
    /// How it ended, in a sentence.
    var end: String
    var isSuccess: Bool
    var output: [UInt8]
    var error: [UInt8]

    init(_ run: GatheredRun) {
        switch run.end {
        case _ where run.isCut: end = "The command wrote too much and was ended."
        case .exited(let status): end = "The command ended with status \(status)."
        case .killed(let signal): end = "The command was ended by signal \(signal)."
        }
        isSuccess = run.end == .exited(0) && !run.isCut
        output = run.output
        error = run.errors
    }
}
