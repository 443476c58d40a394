/// Why the store did not do what it was asked.
package struct StoreError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is; decides what the engine does next.
    package enum Code: Sendable, Hashable {
        /// No space or quota left; nothing was written. Starts are refused until there is space.
        case full
        /// The write failed and nothing was written.
        case failed
        /// Whether the batch is durable is not known; the engine drops its state and reloads.
        case unknown
        /// Another owner has taken the shard over.
        case fenced
        /// What is stored cannot be right: checksum, digest, framing, page bounds.
        case damaged
        /// Engine and store disagree about what is stored: a gap, another digest at ordinals that
        /// are there, a head that does not follow. A fault of the program; nothing was written.
        case contradiction
        /// The directory is owned by another process.
        case inUse
        /// The directory cannot be read or written, or is of a newer format.
        case unusable
    }

    package let code: Code
    /// What happened, where, and how to fix it.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
