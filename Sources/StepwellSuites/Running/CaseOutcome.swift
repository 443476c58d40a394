package import StepwellHistory

/// How a case ended, before it is judged.
package struct CaseOutcome: Sendable {
    package var status: SuiteStatus
    package var output: Payload?
    package var failure: Failure?
    /// Milliseconds of the clock that it took.
    package var elapsed: Int64 = 0
    /// The state that follows, of a state that was tried alone.
    package var next: String?
    /// The variables at the end.
    package var variables: [AssignedVariable] = []
    /// The log of the execution; nil for a state that was tried alone.
    package var trace: ExecutionTrace?
    /// The logs of the executions that it started.
    package var others: [ExecutionTrace] = []

    /// The logs of a state machine's executions.
    func traces(of machine: String) -> [ExecutionTrace] {
        ([trace].compactMap(\.self) + others).filter { $0.machine == machine }
    }
}
