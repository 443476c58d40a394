package import Logging
package import StepwellEngine
import StepwellHistory
import Synchronization

/// Everything that starts executions by itself: the ledger with its components, the outbox, the
/// event bus.
package final class Triggers: Sendable {
    package let ledger: TriggerLedger
    package let events: EventBusService
    package let deadLetters: DeadLetterService
    package let scheduler: Scheduler
    package let routes: RouteKeeper
    package let deployments: DeploymentRecords
    private let store: any TriggerStore
    private let dispatcher: Dispatcher
    private let feed: StatusChangeFeed
    private let timetable: RuleTimetable
    private let performers: [any DeliveryPerformer]
    private let feeding = FeedTask()
    private let isRecording = Atomic<Bool>(false)

    /// Loads what is stored; nothing happens before `start`.
    ///
    /// `components` are further parts whose state is in the same store.
    ///
    /// - Throws: `StoreError` when the store cannot be read.
    package init(
        store: any TriggerStore,
        engine: Engine,
        components: [any TriggerComponent] = [],
        outside: (any OutsideTargets)? = nil,
        entropy: any Entropy = SystemEntropy(),
        logger: Logger
    ) throws(StoreError) {
        let clock = engine.clock
        let settings = TriggerSettings(
            region: engine.configuration.region,
            account: engine.configuration.account
        )
        let catalog = EventCatalog(clock: clock)
        let loops = LoopNotices(logger)
        let routing = EventRouting(catalog: catalog, settings: settings, loops: loops)
        let letters = DeadLetterBox()
        feed = StatusChangeFeed(
            engine: engine,
            catalog: catalog,
            routing: routing,
            logger: logger
        )
        timetable = RuleTimetable(clock: clock, catalog: catalog, routing: routing)
        dispatcher = Dispatcher(letters: letters, clock: clock, entropy: entropy, logger: logger)
        let (bell, book) = (ScheduleBell(), RouteBook(clock: clock))
        ledger = try TriggerLedger(
            store: store,
            components: [catalog, letters, feed, timetable, dispatcher, bell, book] + components,
            logger: logger
        )
        scheduler = Scheduler(
            ledger: ledger,
            store: store,
            bell: bell,
            rules: ScheduleRules(region: settings.region, account: settings.account),
            clock: clock,
            entropy: entropy,
            logger: logger
        )
        routes = RouteKeeper(book, ledger: ledger, clock: clock, entropy: entropy)
        events = EventBusService(
            ledger: ledger,
            catalog: catalog,
            routing: routing,
            feed: feed,
            timetable: timetable,
            clock: clock,
            entropy: entropy,
            outside: outside,
            settings: settings
        )
        deadLetters = DeadLetterService(ledger: ledger, letters: letters, clock: clock)
        deployments = DeploymentRecords(ledger: ledger)
        self.store = store
        let bus = EventBusTargets(catalog: catalog, routing: routing, clock: clock)
        performers =
            [StateMachineTargets(engine: engine), bus] + (outside.map { [$0] } ?? [])
    }

    /// Begins: what was decided before is delivered, what happens is taken.
    package func start() {
        startRecording()
        dispatcher.start(store: store, ledger: ledger, performers: performers)
        timetable.start(ledger)
        scheduler.start()
        feeding.start { [feed, ledger] in await feed.run(ledger) }
    }

    /// Begins to take changes alone: nothing becomes due, nothing is delivered before `start`.
    ///
    /// `endRecording` or `shutdown` ends it.
    package func startRecording() {
        guard !isRecording.exchange(true, ordering: .acquiringAndReleasing) else { return }
        ledger.start()
    }

    /// Takes no more changes; those that were answered are durable.
    package func endRecording() async { await ledger.close() }

    /// Ends: takes nothing more; what is in the outbox is delivered in another life.
    ///
    /// The engine ends after.
    package func shutdown() async {
        timetable.close()
        scheduler.close()
        dispatcher.close()
        feed.close()
        await feeding.end()
        await feed.save(ledger)
        await ledger.close()
    }
}
