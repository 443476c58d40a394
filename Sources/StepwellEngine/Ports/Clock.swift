package import StepwellHistory

/// The port through which the engine knows the time.
package protocol EngineClock: Sendable {
    /// The current time.
    func now() -> Timestamp

    /// How long to sleep, in real nanoseconds, until `due`; a virtual clock answers 0 and skips.
    func nanoseconds(until due: Timestamp) -> UInt64
}

/// The port through which the engine draws randomness: seeds, tokens, store and server names.
package protocol Entropy: Sendable {
    /// `count` random bytes, fit for secrets.
    func bytes(_ count: Int) -> [UInt8]
}
