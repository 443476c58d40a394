public import StepwellHistory

/// What a clock says at one moment, to tell time that passed from a clock that was set.
public struct ClockReading: Sendable, Hashable {
    /// The time of day; may be set, forward or back.
    public var time: Timestamp
    /// Milliseconds since some moment; never set, and goes on while a process is stopped.
    public var uptime: Int64
    /// Milliseconds of `uptime`, in all, in which the process was stopped or did not get to run.
    public var missed: Int64

    /// A reading; by default nothing was missed.
    public init(time: Timestamp, uptime: Int64, missed: Int64 = 0) {
        self.time = time
        self.uptime = uptime
        self.missed = missed
    }
}
