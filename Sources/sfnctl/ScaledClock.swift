import StepwellEngine
import StepwellHistory

/// A clock on which waiting takes `scale` times as long as the state machine says.
///
/// At 0.01 a minute takes 0.6 seconds. It starts at the wall clock's time.
struct ScaledClock: EngineClock {
    private let wall = SystemClock()
    private let origin: ClockReading
    private let scale: Double

    /// A clock that starts now; `scale` is above 0.
    init(scale: Double) {
        origin = wall.reading()
        self.scale = scale
    }

    func now() -> Timestamp {
        time(at: wall.now())
    }

    func reading() -> ClockReading {
        let reading = wall.reading()
        return ClockReading(
            time: time(at: reading.time),
            uptime: Int64(Double(reading.uptime - origin.uptime) / scale),
            missed: Int64(Double(reading.missed) / scale)
        )
    }

    func nanoseconds(until due: Timestamp, whileIdle isIdle: Bool) -> UInt64 {
        let longest = wall.nanoseconds(until: Timestamp(milliseconds: .max), whileIdle: isIdle)
        let distance = Double(due.milliseconds) - Double(now().milliseconds)
        let real = distance * scale * 1_000_000
        return min(longest, real >= 1e18 ? UInt64(1e18) : UInt64(max(0, real)))
    }

    private func time(at wall: Timestamp) -> Timestamp {
        let passed = Double(wall.milliseconds - origin.time.milliseconds)
        return Timestamp(milliseconds: origin.time.milliseconds + Int64(passed / scale))
    }
}
