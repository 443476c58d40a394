/// The server's address cannot be listened at.
package struct ListenError: Error, CustomStringConvertible {
    package let host: String
    package let port: Int
    /// What the system says of it.
    package let reason: String

    /// What is wrong, and what to do.
    package var description: String {
        "cannot listen at \(host):\(port): \(reason); choose another --port, or 0 for any free one"
    }
}
