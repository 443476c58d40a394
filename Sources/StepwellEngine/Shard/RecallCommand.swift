/// Asks what a task is to be done with.
package struct RecallCommand: Sendable {
    package var task: TaskKey
    /// Is given nil when the task is over.
    package var reply: @Sendable (Result<TaskAssignment?, ServiceError>) -> Void

    package init(
        task: TaskKey,
        reply: @escaping @Sendable (Result<TaskAssignment?, ServiceError>) -> Void
    ) {
        self.task = task
        self.reply = reply
    }
}
