package import StepwellEngine
package import StepwellHistory
import Synchronization

/// Has something done when it is due, or when it is told to: a thread that sleeps until then.
///
/// It looks at nothing in between, except that the clock has it look after a second at the latest
/// where the clock can be set.
package final class Alarm: Sendable {
    private let wakeup = Wakeup()
    private let isClosed = Atomic<Bool>(false)

    package init() {}

    /// Begins: `ring` is called at once, whenever the alarm is woken, and when it is due, which is
    /// what `ring` last said; nil is not before it is woken.
    package func start(
        _ name: String,
        clock: any EngineClock,
        _ ring: @escaping @Sendable () -> Timestamp?
    ) {
        EngineThread.start(name) { [self] in
            while !isClosed.load(ordering: .acquiring) {
                guard let due = ring() else {
                    wakeup.wait(nanoseconds: .max)
                    continue
                }
                wakeup.wait(nanoseconds: clock.nanoseconds(until: due, whileIdle: false))
            }
        }
    }

    /// Has `ring` called soon.
    package func wake() { wakeup.raise() }

    /// Ends the thread when `ring` returns, if it is being called.
    package func close() {
        isClosed.store(true, ordering: .releasing)
        wakeup.raise()
    }
}
