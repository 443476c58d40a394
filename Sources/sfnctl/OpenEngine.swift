import StepwellEngine
import StepwellServer
import StepwellStore

/// Opens an engine on a directory, which is made when it is missing.
func openEngine(
    at directory: String,
    clock: any EngineClock,
    _ configure: (inout EngineConfiguration) -> Void
) throws -> Engine {
    var configuration = EngineConfiguration()
    configuration.account = "000000000000"
    configuration.sdkActions = .operations
    configure(&configuration)
    return try Engine(
        store: try LMDBEventStore.open(directory: directory),
        configuration: configuration,
        clock: clock
    )
}
