/// What a nested execution is to the task that started it and ends with it (`startExecution.sync`).
package struct NestedMembership: Sendable, Hashable {
    /// The execution whose task it is.
    package var parent: ExecutionNumber
    /// The task's identity within the parent.
    package var task: Ordinal

    package init(parent: ExecutionNumber, task: Ordinal) {
        self.parent = parent
        self.task = task
    }
}
