public import StepwellHistory

/// The port through which the engine knows the time.
public protocol EngineClock: Sendable {
    /// The current time.
    func now() -> Timestamp

    /// The time together with what no one sets; see ``ClockReading``. Asked by one thread, which
    /// sleeps as long as `nanoseconds` says.
    ///
    /// By default a clock that is never set, and misses nothing.
    func reading() -> ClockReading

    /// How long to sleep, in real nanoseconds, until `due`.
    ///
    /// `isIdle` says that nothing but time can move the engine on: no task is being worked on. A
    /// virtual clock then skips to `due` and answers 0; while something is being worked on it
    /// stands still and answers `UInt64.max`. So does it when `due` is the end of time: nothing is.
    func nanoseconds(until due: Timestamp, whileIdle isIdle: Bool) -> UInt64
}

extension EngineClock {
    /// The time alone, as a clock that is never set tells it.
    public func reading() -> ClockReading {
        let time = now()
        return ClockReading(time: time, uptime: time.milliseconds)
    }
}

/// The port through which the engine draws randomness: seeds, tokens, store and server names.
package protocol Entropy: Sendable {
    /// `count` random bytes, fit for secrets.
    func bytes(_ count: Int) -> [UInt8]
}

extension Entropy {
    /// A random UUID (version 4) in lower case.
    package func uuid() -> String { RandomName.uuid(self) }
}
