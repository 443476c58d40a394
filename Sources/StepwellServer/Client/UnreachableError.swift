/// No server answered.
package struct UnreachableError: Error, CustomStringConvertible {
    package let endpoint: Endpoint
    package let cause: any Error

    /// Where, and why.
    package var description: String {
        "no server can be reached at \(endpoint): \(cause)"
    }
}
