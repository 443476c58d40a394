/// Why an execution's state could not be read.
package struct LoadFailure: Error, Sendable {
    package var error: StoreError
    /// Its head, if that could be read.
    package var head: ExecutionHead?
}
