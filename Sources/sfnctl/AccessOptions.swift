import ArgumentParser
import Logging
import StepwellEngine
import StepwellServer

/// Options of `serve` that say who may call it.
struct AccessOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Takes only requests signed (AWS Signature Version 4) with an access key of this "
                + "file, which has the form of ~/.aws/credentials; reloaded when it changes.",
            valueName: "FILE"
        )
    )
    var credentials: String?

    @Option(
        help: ArgumentHelp(
            "Answers requests for this host too; without --credentials a server on loopback "
                + "answers those for localhost, 127.0.0.1 and [::1] only. Repeatable.",
            valueName: "NAME"
        )
    )
    var allowHost: [String] = []

    @Flag(help: "Listen beyond this machine without --credentials: anyone may call it.")
    var allowAnonymous = false

    @Flag(
        help: ArgumentHelp(
            "Refuses requests with members that the API does not have; without it they are "
                + "ignored, as AWS does, and counted."
        )
    )
    var strict = false

    func validate() throws {
        if allowAnonymous, credentials != nil {
            throw ValidationError("give either --credentials or --allow-anonymous")
        }
        if !allowHost.isEmpty, credentials != nil {
            throw ValidationError("with --credentials every host is answered; remove --allow-host")
        }
    }

    /// Refuses to serve others than this machine without knowing who they are.
    func check(host: String) throws {
        guard credentials == nil, !allowAnonymous, !HostRules.isLoopback(host) else { return }
        throw ValidationError(
            "--host \(host) can be reached from elsewhere: name the access keys that may call the "
                + "server with --credentials FILE, or pass --allow-anonymous"
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

    /// Which hosts and origins are answered.
    func hosts(at host: String) -> HostRules {
        if credentials != nil { return .any }
        return HostRules.isLoopback(host) ? .loopback(and: allowHost) : .anonymous(allowHost)
    }
}
