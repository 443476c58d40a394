extension IntegrationSettings {
    /// The parts of a configuration file that are other in other settings.
    package func changes(to other: IntegrationSettings) -> [String] {
        // Models are looked for once.
        var otherAWS = other.aws
        otherAWS.models = aws.models
        let parts: [(String, Bool)] = [
            ("functions", functions == other.functions),
            ("aws", aws == otherAWS),
            ("connections", connections == other.connections),
            ("buckets", buckets == other.buckets),
            ("runners", runners == other.runners && runnerConcurrency == other.runnerConcurrency),
            ("outgoing", outgoing == other.outgoing),
        ]
        return parts.filter { !$0.1 }.map(\.0)
    }
}

extension ConfigurationFile {
    /// The keys that are other in another file and that a running server cannot take over.
    package func changesAtStart(to other: ConfigurationFile) -> [String] {
        let (now, then) = (server, other.server)
        let parts: [(String, Bool)] = [
            ("server.dataDir", now.dataDirectory == then.dataDirectory),
            ("server.host", now.host == then.host),
            ("server.port", now.port == then.port),
            ("server.region", now.region == then.region),
            ("server.accountId", now.accountID == then.accountID),
            ("server.credentials", now.credentials == then.credentials),
            ("server.allowAnonymous", now.allowAnonymous == then.allowAnonymous),
            ("server.allowHosts", now.allowHosts == then.allowHosts),
            ("server.tlsCert", now.tlsCertificate == then.tlsCertificate),
            ("server.tlsKey", now.tlsKey == then.tlsKey),
            ("server.trustedProxies", now.trustedProxies == then.trustedProxies),
            ("server.strict", now.strict == then.strict),
            ("server.audit", now.audit == then.audit),
            ("server.executionLogs", now.executionLogs == then.executionLogs),
            ("server.statusChanges", now.statusChanges == then.statusChanges),
            ("server.logGroups", now.logGroups == then.logGroups),
            ("server.mock", now.mock == then.mock),
            ("server.timeScale", now.timeScale == then.timeScale),
            ("server.console", now.console == then.console),
            ("server.logLevel", now.logLevel == then.logLevel),
            ("server.logFormat", now.logFormat == then.logFormat),
            ("server.accessLog", now.accessLog == then.accessLog),
            ("quotas", quotas == other.quotas),
            ("throttling", throttling == other.throttling),
            ("aws.models", integrations.aws.models == other.integrations.aws.models),
        ]
        return parts.filter { !$0.1 }.map(\.0)
    }
}
