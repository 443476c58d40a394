import ArgumentParser
import StepwellIntegrations

/// The data directory of commands that have to have one.
enum StandardDirectory {
    /// The one that was given, else that of the environment.
    ///
    /// - Throws: `ValidationError` when there is none.
    static func path(
        _ given: String?,
        in environment: [String: String] = ProcessEnvironment.current
    ) throws -> String {
        if let path = given ?? environment["STEPWELL_DATA_DIR"], !path.isEmpty { return path }
        throw ValidationError("--data-dir says where the log is")
    }
}
