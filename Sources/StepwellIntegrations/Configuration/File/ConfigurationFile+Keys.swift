extension ConfigurationFile {
    /// Every key of a configuration file, in the order of the reference.
    ///
    /// `operations` are the names that throttling may speak of.
    package static func keys(operations: [String]) -> [SettingsKey] {
        let quotas = Quota.all.map { name, quota in
            SettingsKey(name, .whole(quota.range), "see below")
        }
        return [
            SettingsKey("server", .members(server), "the options of `sfnctl serve`"),
            SettingsKey("quotas", .members(quotas), "quotas; AWS's where nothing is said"),
            SettingsKey(
                "throttling",
                .words(["AWS"], .members(operations.map { SettingsKey($0, rate, "its rate") })),
                "rates of the API's operations, by name, or AWS's; none where nothing is said"
            ),
            SettingsKey("functions", .named("NAME", .members(function)), "Lambda functions"),
            SettingsKey("aws", .members(aws), "how AWS services are called"),
            SettingsKey(
                "connections",
                .named("NAME", .members(connection)),
                "connections of HTTP Tasks, by the name in their ARN"
            ),
            SettingsKey("buckets", .named("NAME", .directory), "S3 buckets that are directories"),
            SettingsKey("runners", .members(runners), "what does ECS tasks and Batch jobs here"),
            SettingsKey("outgoing", .members(outgoing), "which hosts may be called"),
            SettingsKey("triggers", .members(triggers), "what starts executions by itself"),
        ]
    }

    private static let server: [SettingsKey] = [
        SettingsKey("dataDir", .path, "`--data-dir`"),
        SettingsKey("host", .text, "`--host`"),
        SettingsKey("port", .whole(0...65_535), "`--port`"),
        SettingsKey("region", .text, "`--region`"),
        SettingsKey("accountId", .text, "`--account-id`, in quotes when it begins with 0"),
        SettingsKey("credentials", .path, "`--credentials`"),
        SettingsKey("allowAnonymous", .flag, "`--allow-anonymous`"),
        SettingsKey("allowHosts", .list(.text), "`--allow-host`"),
        SettingsKey("tlsCert", .path, "`--tls-cert`"),
        SettingsKey("tlsKey", .path, "`--tls-key`"),
        SettingsKey("trustedProxies", .list(.text), "`--trusted-proxy`"),
        SettingsKey("strict", .flag, "`--strict`"),
        SettingsKey("audit", .path, "`--audit`"),
        SettingsKey("executionLogs", .path, "`--execution-logs`"),
        SettingsKey("statusChanges", .path, "`--status-changes`"),
        SettingsKey(
            "logGroups",
            .list(.text),
            "the log groups that there are, by name or ARN; any where nothing is said"
        ),
        SettingsKey("mock", .path, "`--mock`"),
        SettingsKey("policy", .path, "`--policy`"),
        SettingsKey("timeScale", .number(0.000_001...1_000), "`--time-scale`"),
        SettingsKey("console", .flag, "whether there is a console; `--no-console`"),
        SettingsKey(
            "logLevel",
            .choice(["trace", "debug", "info", "notice", "warning", "error", "critical"]),
            "`--log-level`"
        ),
        SettingsKey("logFormat", .choice(["text", "json"]), "`--log-format`"),
        SettingsKey("accessLog", .path, "`--access-log`"),
    ]

    private static let rate = SettingsShape.members([
        SettingsKey(
            "bucketSize",
            .number(1...1_000_000_000),
            isRequired: true,
            "calls that may come at once"
        ),
        SettingsKey(
            "refillPerSecond",
            .number(0.001...1_000_000_000),
            isRequired: true,
            "calls that come free again"
        ),
    ])

    private static let function: [SettingsKey] = [
        SettingsKey("directory", .directory, isRequired: true, "the code, the working directory"),
        SettingsKey("handler", .text, isRequired: true, "`module.function`"),
        SettingsKey(
            "runtime",
            .list(.text),
            "program and arguments; by default what the code asks for"
        ),
        SettingsKey("timeoutSeconds", .number(0.001...86_400), "of an invocation; 3"),
        SettingsKey("memoryMegabytes", .whole(16...1_048_576), "of a process; no limit"),
        SettingsKey("concurrency", .whole(1...1_000), "processes at once; 50"),
        SettingsKey("queueTimeoutSeconds", .number(0...86_400), "of waiting for a process; 300"),
        SettingsKey("startTimeoutSeconds", .number(0.001...86_400), "of a process's start; 60"),
        SettingsKey("idleTimeoutSeconds", .number(0...86_400), "of a process's idleness; 300"),
        SettingsKey("invocationsPerProcess", .whole(1...1_000_000), "then it ends; any number"),
        SettingsKey("environment", .named("NAME", .value), "variables of the processes"),
        SettingsKey("inherit", .list(.text), "variables taken over from the server"),
        SettingsKey("qualifiers", .list(.text), "versions and aliases; any"),
    ]

    private static let aws: [SettingsKey] = [
        SettingsKey("region", .text, "of calls; the environment's, then the server's"),
        SettingsKey("profile", .text, "of the shared files"),
        SettingsKey(
            "credentials",
            .members([
                SettingsKey("accessKeyId", .secret, isRequired: true, "the access key"),
                SettingsKey("secretAccessKey", .secret, isRequired: true, "its secret"),
                SettingsKey("sessionToken", .secret, "of temporary credentials"),
            ]),
            "what calls are signed with; the usual chain where nothing is said"
        ),
        SettingsKey("credentialsFile", .path, "instead of `~/.aws/credentials`"),
        SettingsKey("configFile", .path, "instead of `~/.aws/config`"),
        SettingsKey("models", .list(.directory), "service models of botocore or the AWS CLI"),
        SettingsKey(
            "endpoints",
            .named(
                "SERVICE",
                .textOr(
                    .members([
                        SettingsKey("url", .text, isRequired: true, "where it is called"),
                        SettingsKey("region", .text, "that calls there are signed for"),
                    ])
                )
            ),
            "URLs by service, as in `aws-sdk:SERVICE`; `default` for every other"
        ),
        SettingsKey("maximumAttempts", .whole(1...100), "of a call, the first counted"),
    ]

    private static let outgoing: [SettingsKey] = [
        SettingsKey("allow", .list(.text), "hosts that may be called, and no others"),
        SettingsKey("deny", .list(.text), "hosts that may not be called"),
        SettingsKey(
            "allowLinkLocal",
            .list(.text),
            "link-local and metadata addresses that may be called all the same"
        ),
        SettingsKey("maximumAnswerBytes", .whole(1_024...1 << 30), "the largest answer"),
    ]
}
