public import StepwellEngine

extension WorkflowEngine {
    /// The executions of Standard workflows that begin, are redriven and end, each as soon as that
    /// is on disk: AWS's "Step Functions Execution Status Change" events.
    ///
    /// A reader that keeps the place of the last change it has dealt with, and continues after it
    /// after a restart, misses none; a few may come again, with the ids they had.
    ///
    /// - Parameter place: Where to go on; nil is from now on.
    /// - Returns: The changes, which end with the engine.
    /// - Throws: ``StepwellError`` `ServiceUnavailable` when the log cannot be read.
    public func statusChanges(
        after place: ExecutionStatusChanges.Place? = nil
    ) throws(StepwellError) -> ExecutionStatusChanges {
        try ExecutionStatusChanges(engine: engine, from: place)
    }
}
