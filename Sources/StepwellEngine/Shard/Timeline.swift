import StepwellHistory
import StepwellInterpreter

/// The time of a shard: the wall clock's, but it does not go back when that is set back, and it
/// knows in which time the engine did not run.
///
/// A clock that is set back would let every Wait that is under way take as long as the step. So
/// the shard's time goes on where it was, and then slower by a tenth than time itself until the
/// clock has caught up. A step of more than a day is followed: the time before it was no time to
/// go by.
struct Timeline {
    /// What `follow` found out about the clock, to be told.
    enum Event: Equatable {
        /// The process did not run for this many milliseconds.
        case missed(Int64)
        /// The clock was set forward by this many milliseconds.
        case setForward(Int64)
        /// The clock was set back by this many milliseconds, and is not followed.
        case setBack(Int64)
        /// The clock was set back by this many milliseconds: too many not to be followed.
        case followedBack(Int64)
    }

    /// The shard's time.
    private(set) var now = Timestamp(milliseconds: 0)
    /// The times without the engine, oldest first.
    private(set) var gaps: [TimeGap] = []
    private var last: ClockReading?
    /// How far the shard's time is ahead of the clock, in milliseconds, at the uptime `leadSince`.
    private var lead: Int64 = 0
    private var leadSince: Int64 = 0
    /// The newest time that an earlier life of the engine is known to have recorded.
    private let recorded: Timestamp?

    /// The difference of two clocks, in milliseconds, that is no step.
    private static let tolerance: Int64 = 100
    /// The longest step back that is not followed, in milliseconds.
    static let longestLead: Int64 = 86_400_000
    private static let gapCount = 16

    /// The time of a shard that goes on from an earlier life's (nil: there was none).
    init(after recorded: Timestamp? = nil) {
        self.recorded = recorded
    }

    /// Milliseconds by a clock that nobody sets.
    var uptime: Int64 { last?.uptime ?? 0 }

    /// Takes up what the clock says now.
    mutating func follow(_ reading: ClockReading) -> [Event] {
        guard let last else { return begin(at: reading) }
        let elapsed = max(0, reading.uptime - last.uptime)
        let step = reading.time.milliseconds - last.time.milliseconds - elapsed
        let missed = reading.missed - last.missed
        self.last = reading
        var events: [Event] = []
        if step < -Self.tolerance {
            events = setBack(by: -step, to: reading.time)
        } else if step > Self.tolerance {
            events = setForward(by: step)
        }
        now = max(now, reading.time.advanced(byMilliseconds: currentLead))
        for event in events {
            if case .setForward(let length) = event { note(TimeGap(end: now, length: length)) }
        }
        if missed > 0 {
            note(TimeGap(end: now, length: missed))
            events.append(.missed(missed))
        }
        return events
    }

    /// The wall clock's time at which the shard's time will be about `time`.
    func wallTime(of time: Timestamp) -> Timestamp {
        time.milliseconds == .max ? time : time.advanced(byMilliseconds: -currentLead)
    }

    /// When a timer fires: later than it is due, if it waits for a worker that could not report.
    func deadline(of timer: ArmedTimer, _ patience: Patience?) -> Timestamp {
        guard let patience, !gaps.isEmpty else { return timer.due }
        let armed = timer.due.advanced(byMilliseconds: -patience.milliseconds)
        return gaps.reduce(timer.due) { $1.deadline($0, armed: armed, patience) }
    }

    private var currentLead: Int64 {
        max(0, lead - (uptime - leadSince) / 10)
    }

    private mutating func begin(at reading: ClockReading) -> [Event] {
        last = reading
        now = reading.time
        guard let recorded else { return [] }
        var events: [Event] = []
        let step = recorded.milliseconds - reading.time.milliseconds
        if step > Self.tolerance { events = setBack(by: step, to: reading.time) }
        now = reading.time.advanced(byMilliseconds: currentLead)
        note(TimeGap(end: now, length: nil))
        return events
    }

    private mutating func setBack(by step: Int64, to time: Timestamp) -> [Event] {
        let ahead = currentLead + step
        leadSince = uptime
        guard ahead <= Self.longestLead else {
            lead = 0
            now = time
            return [.followedBack(step)]
        }
        lead = ahead
        return step < 1_000 ? [] : [.setBack(step)]
    }

    private mutating func setForward(by step: Int64) -> [Event] {
        let caughtUp = min(currentLead, step)
        lead = currentLead - caughtUp
        leadSince = uptime
        return step - caughtUp < 1_000 ? [] : [.setForward(step - caughtUp)]
    }

    private mutating func note(_ gap: TimeGap) {
        if gaps.count == Self.gapCount { gaps.removeFirst() }
        gaps.append(gap)
    }
}
