/// The port through which the engine asks whether a task may be done, before it gives it to the
/// connector that would do it.
package protocol TaskPermissions: Sendable {
    /// The failure of a task that its role does not allow; nil when it may be done.
    func denial(of task: ConnectorTask) -> TaskFailure?
}

extension TaskPermissions {
    /// The failure of a task that a connector would do.
    ///
    /// Mocked responses need no permission, and what was begun goes on.
    func denial(of task: ConnectorTask, by connector: any TaskConnector) -> TaskFailure? {
        if connector is MockConnector || task.isSubmitted { return nil }
        return denial(of: task)
    }
}
