/// What a file says of the options of `sfnctl serve`; nil is what it does not say.
package struct ServerSettings: Sendable, Hashable {
    package var dataDirectory: String?
    package var host: String?
    package var port: Int?
    package var region: String?
    package var accountID: String?
    package var credentials: String?
    package var allowAnonymous: Bool?
    package var allowHosts: [String]
    package var tlsCertificate: String?
    package var tlsKey: String?
    package var trustedProxies: [String]
    package var strict: Bool?
    package var audit: String?
    /// A path, or `-`.
    package var executionLogs: String?
    /// A path, or `-`.
    package var statusChanges: String?
    /// The log groups that there are, by name or ARN; nil when nothing is said of it.
    package var logGroups: [String]?
    package var mock: String?
    package var policy: String?
    package var timeScale: Double?
    package var console: Bool?
    package var logLevel: String?
    package var logFormat: String?
    /// A path, or `-`.
    package var accessLog: String?

    /// Nothing said.
    package init() {
        dataDirectory = nil
        host = nil
        port = nil
        region = nil
        accountID = nil
        credentials = nil
        allowAnonymous = nil
        allowHosts = []
        tlsCertificate = nil
        tlsKey = nil
        trustedProxies = []
        strict = nil
        audit = nil
        executionLogs = nil
        statusChanges = nil
        logGroups = nil
        mock = nil
        policy = nil
        timeScale = nil
        console = nil
        logLevel = nil
        logFormat = nil
        accessLog = nil
    }
}
