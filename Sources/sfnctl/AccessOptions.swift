import ArgumentParser
import Logging
import StepwellEngine
import StepwellServer

/// Options of `serve` that say who may call it.
struct AccessOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Takes only requests signed (AWS Signature Version 4) with an access key of this "
                + "file, which has the form of ~/.aws/credentials; read again when it changes.",
            valueName: "FILE"
        )
    )
    var credentials: String?

    @Flag(help: "Listen beyond this machine without --credentials: whoever reaches it may call it.")
    var allowAnonymous = false

    func validate() throws {
        if allowAnonymous, credentials != nil {
            throw ValidationError("give one of --credentials and --allow-anonymous")
        }
    }

    /// Refuses to serve others than this machine without knowing who they are.
    func check(host: String) throws {
        guard credentials == nil, !allowAnonymous, !Self.isLoopback(host) else { return }
        throw ValidationError(
            "--host \(host) can be reached from elsewhere: name the access keys that may call the "
                + "server with --credentials FILE, or say --allow-anonymous"
        )
    }

    /// What checks signatures; nil when nothing does.
    func authenticator(region: String, logger: Logger) throws -> Authenticator? {
        guard let credentials else { return nil }
        return Authenticator(
            source: try WatchedCredentials(path: credentials, logger: logger),
            region: region,
            clock: SystemClock()
        )
    }

    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let numbers = parts.compactMap { UInt8(String(decoding: $0, as: UTF8.self)) }
        return parts.count == 4 && numbers.count == 4 && numbers.first == 127
    }
}
