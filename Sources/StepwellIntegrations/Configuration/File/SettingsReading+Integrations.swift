/// What tasks may use.
extension SettingsReading {
    /// All of it.
    func integrations(_ root: SettingsNode) -> IntegrationSettings {
        var settings = IntegrationSettings()
        settings.functions = (root["functions"]?.members ?? []).map(function)
        if let node = root["aws"] { settings.aws = aws(node) }
        settings.connections = (root["connections"]?.members ?? []).compactMap(connection)
        settings.buckets = (root["buckets"]?.members ?? []).map { name, node in
            BucketSettings(name: name, directory: directory(node))
        }
        if let node = root["runners"] {
            settings.runnerConcurrency = node["concurrency"]?.whole ?? settings.runnerConcurrency
            settings.runners = LocalRunnerSettings.Service.allCases.flatMap { service in
                (node[service.rawValue]?.members ?? []).map { runner(service, $0.name, $0.node) }
            }
        }
        if let node = root["outgoing"] { settings.outgoing = outgoing(node) }
        return settings
    }

    private func function(_ name: String, _ node: SettingsNode) -> FunctionSettings {
        if !FunctionSettings.isName(name) {
            note("'\(name)' cannot be a function's name: letters, digits, - and _", at: node)
        }
        var function = FunctionSettings(
            name: name,
            directory: node["directory"].map(directory) ?? "",
            handler: node["handler"]?.text ?? ""
        )
        function.runtime = node["runtime"]?.texts
        if let node = node["runtime"], node.items.isEmpty {
            note("a runtime is a program and its arguments", at: node)
        }
        function.timeout = node["timeoutSeconds"]?.seconds ?? function.timeout
        function.memoryMegabytes = node["memoryMegabytes"]?.whole
        function.concurrency = node["concurrency"]?.whole ?? function.concurrency
        function.queueTimeout = node["queueTimeoutSeconds"]?.seconds ?? function.queueTimeout
        function.startTimeout = node["startTimeoutSeconds"]?.seconds ?? function.startTimeout
        function.idleTimeout = node["idleTimeoutSeconds"]?.seconds ?? function.idleTimeout
        function.invocationsPerProcess = node["invocationsPerProcess"]?.whole
        function.environment = secrets(node["environment"])
        function.inherited = node["inherit"]?.texts ?? []
        function.qualifiers = node["qualifiers"]?.texts ?? []
        return function
    }

    private func aws(_ node: SettingsNode) -> AWSSettings {
        var aws = AWSSettings()
        aws.region = node["region"]?.text
        aws.profile = node["profile"]?.text
        if let node = node["credentials"], let id = node["accessKeyId"],
            let key = node["secretAccessKey"]
        {
            aws.accessKeys = AWSSettings.AccessKeys(
                accessKeyID: secret(id),
                secretAccessKey: secret(key),
                sessionToken: node["sessionToken"].map(secret)
            )
        }
        aws.credentialsFile = path(node["credentialsFile"])
        aws.configFile = path(node["configFile"])
        aws.models = (node["models"]?.items ?? []).map(directory)
        aws.maximumAttempts = node["maximumAttempts"]?.whole
        aws.endpoints = (node["endpoints"]?.members ?? []).map { name, node in
            let url = node.text ?? node["url"]?.text ?? ""
            if !Self.isURL(url) { note("'\(url)' is not a URL with a host", at: node) }
            if !Self.isService(name) {
                note(
                    "'\(name)' is not a service: small letters and digits, as in aws-sdk:SERVICE",
                    at: node
                )
            }
            return EndpointSettings(
                service: name == "default" ? nil : name,
                url: url,
                region: node["region"]?.text
            )
        }
        return aws
    }

    private func connection(_ name: String, _ node: SettingsNode) -> ConnectionSettings? {
        let kinds = ["basic", "apiKey", "oauth"].filter { node[$0] != nil }
        guard kinds.count == 1, let authorization = authorization(node) else {
            note("a connection has one of 'basic', 'apiKey' and 'oauth'", at: node)
            return nil
        }
        var connection = ConnectionSettings(name: name, authorization: authorization)
        connection.arn = node["arn"]?.text
        connection.headers = secrets(node["headers"])
        connection.query = secrets(node["query"])
        connection.body = secrets(node["body"])
        check(headers: connection.headers, at: node["headers"] ?? node)
        if case .apiKey(let name, let value) = authorization {
            check(headers: [NamedSecret(name: name, value: value)], at: node["apiKey"] ?? node)
        }
        return connection
    }

    /// Notes headers that could not be sent; their values are not shown.
    private func check(headers: [NamedSecret], at node: SettingsNode) {
        for header in headers {
            if !HTTPFields.isName(header.name) {
                note("'\(header.name)' cannot be the name of a header", at: node)
            } else if !HTTPFields.isValue(header.value.reveal()) {
                note("the value of the header '\(header.name)' is not one line of text", at: node)
            }
        }
    }

    private func authorization(_ node: SettingsNode) -> ConnectionSettings.Authorization? {
        if let node = node["basic"], let name = node["username"], let password = node["password"] {
            return .basic(username: secret(name), password: secret(password))
        }
        if let node = node["apiKey"], let name = node["name"]?.text, let value = node["value"] {
            return .apiKey(header: name, value: secret(value))
        }
        guard let node = node["oauth"], let endpoint = node["endpoint"], let url = endpoint.text,
            let id = node["clientId"], let key = node["clientSecret"]
        else { return nil }
        if !Self.isURL(url) { note("'\(url)' is not a URL with a host", at: endpoint) }
        var client = OAuthClientSettings(
            endpoint: url,
            method: node["method"]?.text ?? "POST",
            clientID: secret(id),
            clientSecret: secret(key)
        )
        client.headers = secrets(node["headers"])
        client.query = secrets(node["query"])
        client.body = secrets(node["body"])
        return .oauthClientCredentials(client)
    }

    private func runner(
        _ service: LocalRunnerSettings.Service,
        _ name: String,
        _ node: SettingsNode
    ) -> LocalRunnerSettings {
        var runner = LocalRunnerSettings(
            service: service,
            definition: name,
            command: node["command"]?.texts ?? [],
            directory: node["directory"].map(directory) ?? document.directory
        )
        runner.entryPoint = node["entryPoint"]?.texts ?? []
        runner.container = node["container"]?.text ?? (name == "*" ? "default" : name)
        if let image = node["image"]?.text {
            runner.program = .container(
                image: image,
                command: node["docker"]?.texts ?? ["docker"],
                options: node["dockerOptions"]?.texts ?? []
            )
        } else if runner.command.isEmpty && runner.entryPoint.isEmpty {
            note("a runner needs a 'command', an 'entryPoint' or an 'image'", at: node)
        }
        runner.environment = secrets(node["environment"])
        runner.inherited = node["inherit"]?.texts ?? []
        runner.timeout = node["timeoutSeconds"]?.seconds
        runner.attempts = node["attempts"]?.whole ?? 1
        runner.reruns = node["rerun"]?.flag ?? false
        return runner
    }

    private func outgoing(_ node: SettingsNode) -> OutgoingRulesSettings {
        var rules = OutgoingRulesSettings()
        rules.allow = node["allow"]?.texts
        rules.deny = node["deny"]?.texts ?? []
        rules.allowLinkLocal = node["allowLinkLocal"]?.texts ?? []
        rules.maximumAnswerBytes = node["maximumAnswerBytes"]?.whole
        let lists = ["allow", "deny", "allowLinkLocal"].compactMap { node[$0] }
        for item in lists.flatMap(\.items) where !Self.isHost(item.text ?? "") {
            note(
                "'\(item.text ?? "")' is not a host: a name, *.DOMAIN, an address or network, with "
                    + "or without a port",
                at: item
            )
        }
        return rules
    }

    /// A service as resources spell it.
    private static func isService(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) }
    }

    /// `http://` or `https://` with a host, and a port that there can be.
    private static func isURL(_ text: String) -> Bool { URLParts(text) != nil }

    /// A name, a domain's names, an address or a network, with or without a port: what the rules
    /// cannot read would deny nothing.
    private static func isHost(_ text: String) -> Bool {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case 48...57, 65...90, 97...122: true
            default: "-._*:[]/".utf8.contains(byte)
            }
        }
        return isPlain && OutgoingRules.isPattern(text)
    }
}

extension FunctionSettings {
    /// Whether a text can be a function's name (API reference, CreateFunction).
    package static func isName(_ text: String) -> Bool {
        let allowed = text.utf8.allSatisfy { byte in
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "_"): true
            default: false
            }
        }
        return allowed && (1...64).contains(text.utf8.count)
    }
}
