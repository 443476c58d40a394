/// The read transaction of an environment that sees the oldest commit.
package struct OldestReader: Sendable, Hashable {
    /// The process that reads.
    package let process: Int
    /// How many commits its view is behind the newest one.
    package let lag: Int
}
