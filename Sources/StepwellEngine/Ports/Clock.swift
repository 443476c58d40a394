public import StepwellHistory

/// The port through which the engine knows the time.
public protocol EngineClock: Sendable {
    /// The current time.
    func now() -> Timestamp

    /// How long to sleep, in real nanoseconds, until `due`.
    ///
    /// `isIdle` says that nothing but time can move the engine on: no task is being worked on. A
    /// virtual clock then skips to `due` and answers 0; while something is being worked on it
    /// stands still and answers `UInt64.max`.
    func nanoseconds(until due: Timestamp, whileIdle isIdle: Bool) -> UInt64
}

/// The port through which the engine draws randomness: seeds, tokens, store and server names.
package protocol Entropy: Sendable {
    /// `count` random bytes, fit for secrets.
    func bytes(_ count: Int) -> [UInt8]
}
