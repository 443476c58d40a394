import StepwellJSON

/// What a configuration file says, checked as a whole.
package struct ConfigurationFile: Sendable, Hashable {
    /// Options of the server.
    package var server: ServerSettings
    /// Quotas that are set, by name.
    package var quotas: [String: Int]
    package var throttling: ThrottlingSettings
    /// What tasks may use.
    package var integrations: IntegrationSettings
    /// What starts executions by itself.
    package var triggers: TriggersSettings

    /// A file that says nothing.
    package init() {
        server = ServerSettings()
        quotas = [:]
        throttling = .none
        integrations = IntegrationSettings()
        triggers = TriggersSettings()
    }

    /// Takes a document apart.
    ///
    /// `operations` are the names that throttling may speak of.
    ///
    /// - Throws: Every problem of the document, each with its place.
    package init(
        _ document: SettingsDocument,
        operations: [String] = [],
        surroundings: SettingsSurroundings = .process
    ) throws(SettingsProblems) {
        self.init()
        if document.value.isNull { return }
        var check = SettingsCheck(document)
        check.check(document.value, .members(Self.keys(operations: operations)), at: .root)
        guard check.problems.isEmpty else { throw SettingsProblems(check.problems) }
        let reading = SettingsReading(document, surroundings)
        let root = SettingsNode(value: document.value, place: .root)
        if let node = root["server"] { server = reading.server(node) }
        for (name, node) in root["quotas"]?.members ?? [] { quotas[name] = node.whole }
        if let node = root["throttling"] { throttling = Self.throttling(node) }
        integrations = reading.integrations(root)
        if let node = root["triggers"] { triggers = reading.triggers(node) }
        guard reading.problems.isEmpty else { throw SettingsProblems(reading.problems) }
    }

    private static func throttling(_ node: SettingsNode) -> ThrottlingSettings {
        if node.text != nil { return .published }
        let rates = node.members.map { name, node in
            let rate = CallRate(
                bucketSize: node["bucketSize"]?.number ?? 1,
                refillPerSecond: node["refillPerSecond"]?.number ?? 1
            )
            return (name, rate)
        }
        return .rates(Dictionary(rates) { $1 })
    }
}

extension SettingsReading {
    /// The options of the server.
    fileprivate func server(_ node: SettingsNode) -> ServerSettings {
        var server = ServerSettings()
        server.dataDirectory = path(node["dataDir"])
        server.host = node["host"]?.text
        server.port = node["port"]?.whole
        server.region = node["region"]?.text
        server.accountID = node["accountId"]?.text
        server.credentials = path(node["credentials"])
        server.allowAnonymous = node["allowAnonymous"]?.flag
        server.allowHosts = node["allowHosts"]?.texts ?? []
        server.tlsCertificate = path(node["tlsCert"])
        server.tlsKey = path(node["tlsKey"])
        server.trustedProxies = node["trustedProxies"]?.texts ?? []
        server.strict = node["strict"]?.flag
        server.audit = path(node["audit"])
        server.executionLogs = stream(node["executionLogs"])
        server.statusChanges = stream(node["statusChanges"])
        server.logGroups = node["logGroups"]?.texts
        server.mock = path(node["mock"])
        server.policy = path(node["policy"])
        server.timeScale = node["timeScale"]?.number
        server.console = node["console"]?.flag
        server.logLevel = node["logLevel"]?.text
        server.logFormat = node["logFormat"]?.text
        server.accessLog = stream(node["accessLog"])
        checkNames(of: server, node)
        return server
    }

    /// A path, or `-` for standard output.
    private func stream(_ node: SettingsNode?) -> String? {
        node?.text == "-" ? "-" : path(node)
    }

    private func checkNames(of server: ServerSettings, _ node: SettingsNode) {
        if let account = server.accountID, let node = node["accountId"],
            account.utf8.count != 12 || !account.utf8.allSatisfy({ (48...57).contains($0) })
        {
            note("an account has 12 digits", at: node)
        }
        if let region = server.region, let node = node["region"],
            region.isEmpty || region.utf8.contains(UInt8(ascii: ":"))
        {
            note("'\(region)' cannot be a region", at: node)
        }
    }
}
