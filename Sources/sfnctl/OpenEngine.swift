import Foundation
import Stepwell
import StepwellEngine
import StepwellServer

/// Opens an engine on a directory, which is made when it is missing, with those that it is in; it
/// is suspended.
func openEngine(
    at directory: String,
    clock: any EngineClock,
    _ configure: (inout WorkflowEngine.Configuration) -> Void
) async throws -> WorkflowEngine {
    // What cannot be made is said when the store is.
    try? FileManager.default.createDirectory(
        at: URL(fileURLWithPath: directory).deletingLastPathComponent(),
        withIntermediateDirectories: true
    )
    return try await WorkflowEngine.open(at: directory) {
        $0.clock = clock
        $0.keepsTriggers = false
        $0.engine.sdkActions = .operations
        configure(&$0)
    }
}
