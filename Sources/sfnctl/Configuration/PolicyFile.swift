import Logging
import Stepwell
import StepwellIntegrations

/// A policy file that is read again when it changes.
final class PolicyFile: PolicySource {
    private let file: WatchedFile<RolePolicies, CommandFailure>

    /// Reads the file.
    ///
    /// - Throws: `CommandFailure` with file, line and column of what is wrong with it.
    init(path: String, logger: Logger) throws(CommandFailure) {
        file = try WatchedFile(
            path: path,
            subject: "policy file",
            interval: .seconds(1),
            logger: logger,
            read: { path throws(CommandFailure) in try Self.read(path) }
        )
    }

    /// The policies; the file is looked at once a second at most.
    var policies: RolePolicies? { file.content }

    private static func read(_ path: String) throws(CommandFailure) -> RolePolicies {
        do {
            return try RolePolicies(try SettingsDocument(path: path))
        } catch {
            throw CommandFailure(error)
        }
    }
}
