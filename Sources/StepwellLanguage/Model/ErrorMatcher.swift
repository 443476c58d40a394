/// The error names of a retrier or catcher (`ErrorEquals`).
package struct ErrorMatcher: Sendable, Equatable {
    /// The names in the order they were written.
    package let names: [String]

    private let hasAll: Bool
    private let hasTaskFailed: Bool
    private let hasTimeout: Bool

    /// A matcher of the given names and wildcards.
    package init(_ names: [String]) {
        self.names = names
        hasAll = names.contains { $0.utf8.elementsEqual(ErrorName.all.utf8) }
        hasTaskFailed = names.contains { $0.utf8.elementsEqual(ErrorName.taskFailed.utf8) }
        hasTimeout = names.contains { $0.utf8.elementsEqual(ErrorName.timeout.utf8) }
    }

    /// Whether the name itself is among those that were written.
    package func names(_ error: String) -> Bool {
        names.contains { $0.utf8.elementsEqual(error.utf8) }
    }

    /// Whether an error of that name is meant, by itself or by a wildcard.
    ///
    /// `States.ALL` and `States.TaskFailed` are wildcards; neither stands for `States.Runtime`,
    /// and the second not for `States.Timeout`. `States.Timeout` also
    /// stands for a missed heartbeat (ASL specification, appendix A).
    package func matches(_ error: String) -> Bool {
        if names(error) { return true }
        guard hasAll || hasTaskFailed || hasTimeout else { return false }
        if hasTimeout && error.utf8.elementsEqual(ErrorName.heartbeatTimeout.utf8) { return true }
        if ErrorName.escapesWildcards(error) { return false }
        if hasAll { return true }
        return hasTaskFailed && !error.utf8.elementsEqual(ErrorName.timeout.utf8)
    }
}
