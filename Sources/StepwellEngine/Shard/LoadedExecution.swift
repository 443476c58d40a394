package import StepwellInterpreter

/// An execution's state as it was read from the store.
package struct LoadedExecution: Sendable {
    package var state: ExecutionState
    package var head: ExecutionHead
    /// The bytes of its turns since the newest snapshot.
    package var tailBytes: Int
    /// The bytes of the newest snapshot; 0 when there is none.
    package var snapshotBytes: Int
    /// The bytes of texts whose values its payloads hold besides.
    package var parsedBytes = 0
}
