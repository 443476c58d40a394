package import Logging
package import StepwellEngine
import StepwellHistory
import Synchronization

/// Delivers what is in the outbox when it is due.
///
/// The outbox is in the order of due times, so that only its begin is looked at, however much waits
/// in it. What is delivered is taken out when that is known; a crash before has it delivered again,
/// under the same name, which is how its target knows it.
package final class Dispatcher: TriggerComponent {
    private struct State: Sendable {
        var inFlight: Set<[UInt8]> = []
        /// Rows that hold no delivery: they stay where they are, and were complained of.
        var unreadable: Set<[UInt8]> = []
        /// Nothing is begun before: what was delivered could not be recorded lately.
        var pause: Timestamp?
    }

    private let state = Mutex(State())
    private let alarm = Alarm()
    private let clock: any EngineClock
    private let entropy: any Entropy
    private let logger: Logger
    private let letters: DeadLetterBox

    /// How many deliveries are under way at once.
    static let concurrency = 64

    package init(
        letters: DeadLetterBox,
        clock: any EngineClock,
        entropy: any Entropy,
        logger: Logger
    ) {
        self.letters = letters
        self.clock = clock
        self.entropy = entropy
        self.logger = logger
    }

    /// Keeps nothing in memory that is stored.
    package func load(from store: any TriggerStore) throws(StoreError) {}

    /// Looks at the outbox when something was put into it.
    package func committed(_ kinds: Set<TriggerKind>) {
        if kinds.contains(.delivery) { alarm.wake() }
    }

    /// Begins to deliver.
    package func start(
        store: any TriggerStore,
        ledger: TriggerLedger,
        performers: [any DeliveryPerformer]
    ) {
        alarm.start("stepwell-outbox", clock: clock) { [self] in
            next(store, ledger, performers)
        }
    }

    /// Begins nothing more.
    package func close() { alarm.close() }

    /// Begins what is due; says when the next is.
    private func next(
        _ store: any TriggerStore,
        _ ledger: TriggerLedger,
        _ performers: [any DeliveryPerformer]
    ) -> Timestamp? {
        let (inFlight, passed, pause) = state.withLock {
            ($0.inFlight, $0.inFlight.union($0.unreadable), $0.pause)
        }
        let now = clock.now()
        if let pause, now < pause { return pause }
        var free = Self.concurrency - inFlight.count
        let rows: [TriggerRow]
        do throws(StoreError) {
            rows = try store.rows(of: .delivery, from: [], limit: Self.concurrency + passed.count)
        } catch {
            logger.error("triggers: the outbox cannot be read: \(error)")
            return now.advanced(byMilliseconds: 1_000)
        }
        for row in rows where !passed.contains(row.key) {
            if let due = TriggerKey.time(of: row.key), due > now { return due }
            guard free > 0 else { return nil }
            guard let delivery = Delivery(row) else {
                state.withLock { _ = $0.unreadable.insert(row.key) }
                logger.error("triggers: a row of the outbox holds no delivery")
                continue
            }
            free -= 1
            begin(delivery, row.key, ledger, performers)
        }
        return nil
    }

    private func begin(
        _ delivery: Delivery,
        _ key: [UInt8],
        _ ledger: TriggerLedger,
        _ performers: [any DeliveryPerformer]
    ) {
        let count = state.withLock { state in
            state.inFlight.insert(key)
            return state.inFlight.count
        }
        TriggerMetrics.shared.counted(inFlight: count)
        Task {
            let performer = performers.first { $0.takes(delivery.target.arn) }
            let outcome =
                await performer?.perform(delivery)
                ?? .refused(.unsupportedTarget(delivery.target.arn))
            await settle(delivery, key, outcome, ledger)
        }
    }

    /// Records what an attempt came to.
    private func settle(
        _ delivery: Delivery,
        _ key: [UInt8],
        _ outcome: DeliveryOutcome,
        _ ledger: TriggerLedger
    ) async {
        let now = clock.now()
        let decision = DeliveryDecision(delivery, outcome, at: now, jitter: entropy.bytes(1)[0])
        do throws(ServiceError) {
            try await ledger.commit { [letters] batch in
                batch.delete(.delivery, key: key)
                decision.record(in: &batch, letters)
            }
            TriggerMetrics.shared.ended(decision.settled)
            decision.log(to: logger)
        } catch {
            let retry = clock.now().advanced(byMilliseconds: 1_000)
            state.withLock { $0.pause = retry }
        }
        let count = state.withLock { state in
            state.inFlight.remove(key)
            return state.inFlight.count
        }
        TriggerMetrics.shared.counted(inFlight: count)
        alarm.wake()
    }
}
