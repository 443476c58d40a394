import Logging
import StepwellEngine
import StepwellIntegrations
import StepwellServer
import StepwellStore
import StepwellTriggers

/// What starts executions by itself while a server runs, and how it is asked.
struct RunningTriggers {
    let triggers: Triggers
    let surfaces: [any ServedSurface]
    /// Which pages of other origins may ask.
    let routes: RouteSurface

    /// Loads what is stored of it in the data directory; without a client, queues are no targets.
    ///
    /// - Throws: `StoreError` when that cannot be read.
    init(
        _ dataDirectory: String,
        _ engine: Engine,
        _ client: AWSClient?,
        unknownMembers: UnknownMembers = .refused,
        logger: Logger
    ) throws {
        triggers = try Triggers(
            store: try LMDBTriggerStore(directory: dataDirectory),
            engine: engine,
            outside: client.map { QueueTargets(client: $0) },
            logger: logger
        )
        routes = RouteSurface(triggers.routes.book, engine: engine, entropy: SystemEntropy())
        surfaces = [
            EventsSurface(triggers.events, engine: engine, unknownMembers: unknownMembers),
            DeadLettersSurface(triggers.deadLetters),
            DeploymentsSurface(triggers.deployments),
            SchedulerSurface(
                triggers.scheduler,
                tokens: PageTokens(engine),
                unknownMembers: unknownMembers
            ),
            RouteAdministration(
                triggers.routes,
                zones: triggers.scheduler.rules.zones,
                clock: engine.clock
            ),
            routes,
        ]
    }

    /// Has the buses, rules, schedules and routes of a configuration file be what it says.
    ///
    /// - Throws: `SettingsProblems` when something in it cannot be; `ServiceError`.
    func define(_ file: TriggersSettings) async throws {
        let settings = triggers.events.settings
        let rules = try TriggersFile.rules(of: file, in: settings)
        let buses = file.eventBuses.map { bus in
            var defined = EventBus(name: bus.name, at: triggers.events.now)
            defined.description = bus.description
            return defined
        }
        let definitions = try TriggerDefinitions(file, rules: triggers.scheduler.rules)
        try await triggers.events.define(buses: buses, rules: rules)
        try await definitions.apply(to: triggers)
    }
}
