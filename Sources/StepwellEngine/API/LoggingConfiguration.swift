/// What of its executions' histories a state machine logs, and where to.
package struct LoggingConfiguration: Sendable, Hashable {
    /// How much is logged.
    package enum Level: String, Sendable, CaseIterable {
        case all = "ALL"
        case error = "ERROR"
        case fatal = "FATAL"
        case off = "OFF"
    }

    package var level: Level
    package var includeExecutionData: Bool
    /// ARNs of log groups; AWS takes at most one.
    package var destinations: [String]

    package init(
        level: Level = .off,
        includeExecutionData: Bool = false,
        destinations: [String] = []
    ) {
        self.level = level
        self.includeExecutionData = includeExecutionData
        self.destinations = destinations
    }
}
