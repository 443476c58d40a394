public import StepwellEngine
public import StepwellHistory
import Synchronization

/// A clock that stands still until told to move, or skips ahead whenever an engine has nothing to
/// do but wait: a workflow that waits for a month ends in milliseconds.
///
/// While a handler or a commit is under way, or an activity worker has a task, it does not skip, so
/// that work is never timed out by the skipping itself.
public final class VirtualClock: EngineClock {
    private struct State: Sendable {
        var now: Int64
        var skips: Bool
        var uptime: Int64 = 0
        var missed: Int64 = 0
        var isStalled = false

        /// Lets time pass.
        mutating func pass(_ milliseconds: Int64) {
            now += milliseconds
            uptime += milliseconds
        }
    }

    private let state: Mutex<State>

    /// A clock that starts at a time (by default 2026-01-01T00:00:00Z) and, when `skips`, moves by
    /// itself to the next timer of an idle engine.
    public init(
        start: Timestamp = Timestamp(milliseconds: 1_767_225_600_000),
        skips: Bool = true
    ) {
        state = Mutex(State(now: start.milliseconds, skips: skips))
    }

    /// The current time.
    public func now() -> Timestamp {
        Timestamp(milliseconds: state.withLock { $0.now })
    }

    /// The current time, and how much of it was missed by `pause`.
    public func reading() -> ClockReading {
        state.withLock { state in
            state.isStalled = false
            return ClockReading(
                time: Timestamp(milliseconds: state.now),
                uptime: state.uptime,
                missed: state.missed
            )
        }
    }

    /// Whether the engine has nothing to do, and nothing to wait for but whoever calls it.
    package var isStalled: Bool { state.withLock { $0.isStalled } }

    /// Lets time pass.
    public func advance(by duration: Duration) {
        state.withLock { $0.pass(duration.wholeMilliseconds) }
    }

    /// Lets time pass up to a time, unless it is there already.
    public func advance(to time: Timestamp) {
        state.withLock { $0.pass(max(0, time.milliseconds - $0.now)) }
    }

    /// Lets time pass in which the engine's process is stopped.
    public func pause(for duration: Duration) {
        state.withLock { state in
            state.pass(duration.wholeMilliseconds)
            state.missed += duration.wholeMilliseconds
        }
    }

    /// Sets the clock forward or back; no time passes.
    public func set(by duration: Duration) {
        state.withLock { $0.now += duration.wholeMilliseconds }
    }

    /// Skips to `due` when the engine is idle; see `EngineClock`.
    public func nanoseconds(until due: Timestamp, whileIdle isIdle: Bool) -> UInt64 {
        state.withLock { state in
            if due.milliseconds <= state.now { return 0 }
            // Nothing is due at all.
            if due.milliseconds == .max {
                state.isStalled = isIdle
                return .max
            }
            if state.skips, isIdle {
                state.pass(due.milliseconds - state.now)
                return 0
            }
            // Whoever moves the clock does not tell: look again shortly.
            return Self.pollNanoseconds
        }
    }

    private static let pollNanoseconds: UInt64 = 1_000_000
}

extension Duration {
    fileprivate var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    }
}
