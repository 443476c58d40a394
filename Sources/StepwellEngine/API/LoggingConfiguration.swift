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
    /// ARNs of log groups, of which AWS takes at most one; nil when no list was given, which is
    /// not shown as an empty one.
    package var destinations: [String]?

    package init(
        level: Level = .off,
        includeExecutionData: Bool = false,
        destinations: [String]? = nil
    ) {
        self.level = level
        self.includeExecutionData = includeExecutionData
        self.destinations = destinations
    }

    /// The log groups that are written to.
    package var groups: [String] { destinations ?? [] }

    /// Whether another configuration logs the same to the same.
    func isEquivalent(to other: LoggingConfiguration) -> Bool {
        level == other.level && includeExecutionData == other.includeExecutionData
            && groups == other.groups
    }
}
