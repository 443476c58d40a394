import Foundation
import StepwellEngine
import StepwellServer
import StepwellStore

/// Opens an engine on a directory, which is made when it is missing, with those that it is in.
func openEngine(
    at directory: String,
    clock: any EngineClock,
    _ configure: (inout EngineConfiguration) -> Void
) throws -> Engine {
    var configuration = EngineConfiguration()
    configuration.account = "000000000000"
    configuration.sdkActions = .operations
    configure(&configuration)
    // What cannot be made is said when the store is.
    try? FileManager.default.createDirectory(
        at: URL(fileURLWithPath: directory).deletingLastPathComponent(),
        withIntermediateDirectories: true
    )
    return try Engine(
        store: try LMDBEventStore.open(directory: directory),
        configuration: configuration,
        clock: clock
    )
}
