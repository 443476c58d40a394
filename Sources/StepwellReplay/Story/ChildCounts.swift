/// How many iterations, branches or child executions have which status.
package struct ChildCounts: Sendable, Hashable {
    package var count = 0
    package var running = 0
    package var succeeded = 0
    /// Failed, timed out or aborted.
    package var failed = 0
}
