/// How long a worker may take to report.
package struct Patience: Sendable, Hashable {
    /// HeartbeatSeconds or TimeoutSeconds of the task, in milliseconds.
    package let milliseconds: Int64
    /// Whether it is the time between two heartbeats and not that of the whole task.
    package let isHeartbeat: Bool

    package init(milliseconds: Int64, isHeartbeat: Bool) {
        self.milliseconds = milliseconds
        self.isHeartbeat = isHeartbeat
    }
}
