extension ConfigurationFile {
    /// A connection of HTTP Tasks.
    static let connection: [SettingsKey] =
        [
            SettingsKey("arn", .text, "the whole ARN; any with the name where nothing is said"),
            SettingsKey(
                "basic",
                .members([
                    SettingsKey("username", .value, isRequired: true, "who calls"),
                    SettingsKey("password", .secret, isRequired: true, "the password"),
                ]),
                "`BASIC` authorization"
            ),
            SettingsKey(
                "apiKey",
                .members([
                    SettingsKey("name", .text, isRequired: true, "the header"),
                    SettingsKey("value", .secret, isRequired: true, "the key"),
                ]),
                "`API_KEY` authorization"
            ),
            SettingsKey(
                "oauth",
                .members(
                    [
                        SettingsKey(
                            "endpoint",
                            .text,
                            isRequired: true,
                            "the URL that gives tokens"
                        ),
                        SettingsKey("method", .choice(["GET", "POST", "PUT"]), "`POST`"),
                        SettingsKey("clientId", .value, isRequired: true, "who calls"),
                        SettingsKey("clientSecret", .secret, isRequired: true, "the secret"),
                    ] + parameters("the request for a token")
                ),
                "`OAUTH_CLIENT_CREDENTIALS` authorization"
            ),
        ] + parameters("each request")

    private static func parameters(_ whose: String) -> [SettingsKey] {
        [
            SettingsKey("headers", .named("NAME", .value), "headers of \(whose)"),
            SettingsKey("query", .named("NAME", .value), "parameters of the query of \(whose)"),
            SettingsKey("body", .named("NAME", .value), "members of the body of \(whose)"),
        ]
    }

    /// What does the work of ECS tasks and Batch jobs.
    static let runners: [SettingsKey] = [
        SettingsKey("concurrency", .whole(1...1_000), "how many run at once; 8"),
        SettingsKey(
            "ecs",
            .named("DEFINITION", .members(runner)),
            "ECS tasks, by the task definition's family; `*` for every other"
        ),
        SettingsKey(
            "batch",
            .named(
                "DEFINITION",
                .members(
                    runner + [
                        SettingsKey("attempts", .whole(1...10), "how often a job is tried; 1")
                    ]
                )
            ),
            "Batch jobs, by the job definition's name; `*` for every other"
        ),
    ]

    private static let runner: [SettingsKey] = [
        SettingsKey("command", .list(.text), "program and arguments; overrides replace it"),
        SettingsKey("entryPoint", .list(.text), "in front of the command, whatever overrides say"),
        SettingsKey("directory", .directory, "where it runs; the configuration file's"),
        SettingsKey("image", .text, "runs it in a container of this image"),
        SettingsKey("docker", .list(.text), "what runs containers; `docker`"),
        SettingsKey("dockerOptions", .list(.text), "options of `docker run`"),
        SettingsKey("container", .text, "the name that overrides use; the definition's"),
        SettingsKey("environment", .named("NAME", .value), "variables of the process"),
        SettingsKey("inherit", .list(.text), "variables taken over from the server"),
        SettingsKey("timeoutSeconds", .number(0.001...31_536_000), "of an attempt; no limit"),
        SettingsKey("rerun", .flag, "do again what ended with the server"),
    ]
}
