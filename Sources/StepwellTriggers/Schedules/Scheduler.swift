package import Logging
package import StepwellEngine
import StepwellHistory
import Synchronization

/// Schedules: their API, and what happens when they are due.
///
/// Everything is in rows of the triggers' store, in memory there is nothing but the thread that
/// sleeps until the first is due; so opening costs the same for one and for a million. A schedule's
/// progress and the delivery that follows from it are committed together, so that each time of a
/// schedule is delivered once, whenever the process ends or however the clock is set.
package final class Scheduler: Sendable {
    let ledger: TriggerLedger
    let store: any TriggerStore
    let clock: any EngineClock
    let entropy: any Entropy
    package let rules: ScheduleRules
    let logger: Logger
    private let bell: ScheduleBell
    private let isFiring = Atomic<Bool>(false)
    /// Until when nothing is tried, since the store took nothing: milliseconds since 1970.
    private let pausedUntil = Atomic<Int64>(.min)

    /// A scheduler over the ledger that has `bell` among its components.
    package init(
        ledger: TriggerLedger,
        store: any TriggerStore,
        bell: ScheduleBell,
        rules: ScheduleRules,
        clock: any EngineClock,
        entropy: any Entropy,
        logger: Logger
    ) {
        self.ledger = ledger
        self.store = store
        self.bell = bell
        self.rules = rules
        self.clock = clock
        self.entropy = entropy
        self.logger = logger
    }

    /// Begins to look at what is due, and goes on with what a former life has begun to delete.
    package func start() {
        bell.alarm.start("stepwell-schedules", clock: clock) { [self] in ring() }
        Task {
            do throws(ServiceError) {
                try await prepareGroups()
            } catch {
                logger.error("schedule groups are not prepared: \(error)")
            }
        }
    }

    /// Ends the thread.
    package func close() { bell.alarm.close() }

    /// When to look again; has what is due decided.
    private func ring() -> Timestamp? {
        guard !isFiring.load(ordering: .acquiring) else { return nil }
        let now = clock.now()
        let paused = Timestamp(milliseconds: pausedUntil.load(ordering: .relaxed))
        guard paused <= now else { return paused }
        guard let due = firstDue() else { return nil }
        guard due <= now else { return due }
        isFiring.store(true, ordering: .releasing)
        Task {
            await fireAll()
            isFiring.store(false, ordering: .releasing)
            bell.alarm.wake()
        }
        return nil
    }

    private func firstDue() -> Timestamp? {
        do {
            let rows = try store.rows(of: .scheduleDue, from: [], limit: 1)
            return rows.first.flatMap { TriggerKey.time(of: $0.key) }
        } catch {
            logger.error("schedules: what is due cannot be read: \(error)")
            return clock.now().advanced(byMilliseconds: Self.pauseMilliseconds)
        }
    }

    private static let pauseMilliseconds: Int64 = 1_000
    /// How many schedules are gone on with in one commit.
    private static let share = 250

    /// Goes on with everything that is due.
    func fireAll() async {
        do throws(ServiceError) {
            while true {
                let now = clock.now()
                let count = try await ledger.commit { batch throws(ServiceError) in
                    try self.fire(at: now, atMost: Self.share, &batch)
                }
                // What is to be made up for is due again at once.
                if count == 0 { return }
            }
        } catch {
            if error.code == ServiceError.shuttingDown.code { return }
            logger.error("schedules: what is due cannot be decided: \(error)")
            let later = clock.now().advanced(byMilliseconds: Self.pauseMilliseconds)
            pausedUntil.store(later.milliseconds, ordering: .relaxed)
        }
    }
}
