import StepwellEngine
import StepwellHistory

/// A clock on which waiting takes `scale` times as long as the state machine says.
///
/// At 0.01 a minute takes 0.6 seconds. It starts at the wall clock's time.
struct ScaledClock: EngineClock {
    private let wall = SystemClock()
    private let origin: Timestamp
    private let scale: Double

    /// A clock that starts now; `scale` is above 0.
    init(scale: Double) {
        origin = wall.now()
        self.scale = scale
    }

    func now() -> Timestamp {
        let passed = Double(wall.now().milliseconds - origin.milliseconds)
        return Timestamp(milliseconds: origin.milliseconds + Int64(passed / scale))
    }

    func nanoseconds(until due: Timestamp, whileIdle isIdle: Bool) -> UInt64 {
        let distance = Double(due.milliseconds) - Double(now().milliseconds)
        let real = distance * scale * 1_000_000
        return real >= 1e18 ? UInt64(1e18) : UInt64(max(0, real))
    }
}
