package import StepwellHistory

/// What is known of an execution at a place in the log, without its state.
package struct FollowedExecution: Sendable {
    /// What it was started with, without its input, which may be large.
    let start: StartInput
    let startDate: Timestamp
    /// What of it is logged.
    let logging: LoggingConfiguration
    /// How often it was redriven so far.
    var redriveCount = 0
    /// When it was last redriven so far.
    var redriveDate: Timestamp?

    /// Takes account of an event that follows.
    package mutating func pass(_ event: HistoryEvent) {
        guard case .executionRedriven = event.body else { return }
        redriveCount += 1
        redriveDate = event.timestamp
    }
}
