import ArgumentParser
import Logging
import StepwellIntegrations
import StepwellServer

/// What `sfnctl serve` was told: by its command line, and below that by its configuration file.
struct ServeSettings {
    /// The options as they were given.
    let given: ServeCommand
    /// The options, with what the file says in the place of those that were not given.
    private(set) var options: ServeCommand
    /// The file, with the functions and buckets of the options.
    private(set) var file: ConfigurationFile
    let dataDirectory: String

    /// The settings of a command line, with the file that it names.
    ///
    /// - Throws: What is wrong with the file, or with both together.
    init(_ options: ServeCommand) throws {
        let file = try options.config.map { try ConfigurationFile(path: $0) }
        do {
            try self.init(options, file: file ?? ConfigurationFile())
        } catch let error as ValidationError {
            guard let path = options.config else { throw error }
            throw CommandFailure(.badInput, "\(path): \(error.message)")
        }
    }

    /// The settings of a command line and a file.
    ///
    /// - Throws: `ValidationError`.
    init(_ options: ServeCommand, file: ConfigurationFile) throws {
        given = options
        var options = options
        options.fill(from: file.server)
        try options.check()
        dataDirectory = try StandardDirectory.path(options.dataDir)
        self.options = options
        self.file = file
        try options.integrations.apply(to: &self.file.integrations)
    }

    /// The address to listen at; as a URL has it, one of version 6 may be in brackets.
    var host: String {
        let host = options.host ?? "127.0.0.1"
        return host.hasPrefix("[") && host.hasSuffix("]")
            ? String(host.dropFirst().dropLast()) : host
    }
    var port: Int { options.port ?? 8083 }
    var region: String { options.region ?? "us-east-1" }
    var account: String { options.accountID ?? "000000000000" }

    /// What becomes of members of requests that the server does not know.
    func unknownMembers(_ logger: Logger) -> UnknownMembers {
        options.access.strict ? .refused : .ignored(logger)
    }

    /// The rates that calls are held to; nil when they are not.
    var rates: [String: TokenRate]? {
        switch file.throttling {
        case .none: nil
        case .published: TokenRate.published(region: region)
        case .rates(let rates):
            rates.mapValues {
                TokenRate(bucketSize: $0.bucketSize, refillPerSecond: $0.refillPerSecond)
            }
        }
    }
}

extension ServeCommand {
    /// Takes what a file says where the command line says nothing.
    fileprivate mutating func fill(from server: ServerSettings) {
        dataDir = dataDir ?? server.dataDirectory
        host = host ?? server.host
        port = port ?? server.port
        region = region ?? server.region
        accountID = accountID ?? server.accountID
        mock = mock ?? server.mock
        audit = audit ?? server.audit
        integrations.policy = integrations.policy ?? server.policy
        exports.executionLogs = exports.executionLogs ?? server.executionLogs
        exports.statusChanges = exports.statusChanges ?? server.statusChanges
        engine.timeScale = engine.timeScale ?? server.timeScale
        if console.consoleDir == nil, server.console == false { console.noConsole = true }
        log.logLevel = log.logLevel ?? server.logLevel
        log.logFormat = log.logFormat ?? server.logFormat
        log.accessLog = log.accessLog ?? server.accessLog
        // A certificate and its key are one thing.
        if network.tlsCert == nil, network.tlsKey == nil {
            network.tlsCert = server.tlsCertificate
            network.tlsKey = server.tlsKey
        }
        if network.trustedProxy.isEmpty { network.trustedProxy = server.trustedProxies }
        if server.strict == true { access.strict = true }
        if access.allowHost.isEmpty { access.allowHost = server.allowHosts }
        // Either is an answer to who may call: one on the command line stands for both.
        if access.credentials == nil, !access.allowAnonymous {
            access.credentials = server.credentials
            access.allowAnonymous = server.allowAnonymous ?? false
        }
    }

    /// Checks what was given, from wherever it is.
    fileprivate func check() throws {
        try access.validate()
        try network.validate()
        try exports.validate()
        try engine.validate()
        try console.validate()
        try log.validate()
        try access.check(host: host ?? "127.0.0.1")
        guard (0...65_535).contains(port ?? 0) else {
            throw ValidationError("--port must be from 0 to 65535")
        }
        if let accountID,
            accountID.utf8.count != 12 || !accountID.utf8.allSatisfy({ (48...57).contains($0) })
        {
            throw ValidationError("--account-id must have 12 digits")
        }
        if let region, region.isEmpty || region.contains(":") {
            throw ValidationError("--region cannot be '\(region)'")
        }
    }
}
