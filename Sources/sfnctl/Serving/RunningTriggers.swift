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

    /// Loads what is stored of it in the data directory.
    ///
    /// - Throws: `StoreError` when that cannot be read.
    init(
        _ dataDirectory: String,
        _ engine: Engine,
        _ client: AWSClient,
        logger: Logger
    ) throws {
        triggers = try Triggers(
            store: try LMDBTriggerStore(directory: dataDirectory),
            engine: engine,
            outside: QueueTargets(client: client),
            logger: logger
        )
        surfaces = [
            EventsSurface(triggers.events, engine: engine),
            DeadLettersSurface(triggers.deadLetters),
        ]
    }

    /// Has the buses and rules of a configuration file be what it says.
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
        try await triggers.events.define(buses: buses, rules: rules)
    }
}
