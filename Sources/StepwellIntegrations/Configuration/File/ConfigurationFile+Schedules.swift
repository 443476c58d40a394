/// The keys of schedules, routes and their callers' keys.
extension ConfigurationFile {
    /// A schedule.
    static let schedule: [SettingsKey] = [
        SettingsKey("expression", .text, isRequired: true, "`rate(…)`, `cron(…)` or `at(…)`"),
        SettingsKey("timezone", .text, "whose clocks it speaks of; `UTC`"),
        SettingsKey("stateMachine", .text, "the name of a state machine of this server"),
        SettingsKey("arn", .text, "instead: the ARN of a state machine, alias, version or bus"),
        SettingsKey("roleArn", .text, "the target's role; one of the account"),
        SettingsKey("input", .anything, "what the target is given; a notice of the schedule"),
        SettingsKey("detailType", .text, "of an event bus: the event's `detail-type`"),
        SettingsKey("source", .text, "of an event bus: the event's `source`"),
        SettingsKey("windowMinutes", .whole(1...1_440), "the flexible window; none"),
        SettingsKey("start", .text, "nothing is due before: `2026-11-29T08:30:00Z`"),
        SettingsKey("end", .text, "nothing is due after"),
        SettingsKey("enabled", .flag, "whether it is due at all; true"),
        SettingsKey(
            "catchUp",
            .choice(["none", "last", "all"]),
            "what is made up for of what was missed while nothing ran; `last`"
        ),
        SettingsKey("deleteAfterCompletion", .flag, "whether it goes after its last time; false"),
        SettingsKey("maximumRetryAttempts", .whole(0...185), "how often it is tried again; 185"),
        SettingsKey("maximumEventAgeSeconds", .whole(60...86_400), "how long it is tried; 86400"),
        SettingsKey("deadLetterArn", .text, "the queue of what could not be delivered"),
        SettingsKey("description", .text, "what it is for"),
    ]

    /// An HTTP route.
    static let route: [SettingsKey] = [
        SettingsKey("route", .text, isRequired: true, "method and path: `POST /orders/{id}`"),
        SettingsKey(
            "action",
            .choice([
                "StartExecution", "StartSyncExecution", "SendTaskSuccess", "SendTaskFailure",
            ]),
            "what is done; `StartExecution`"
        ),
        SettingsKey("stateMachine", .text, "the name of the state machine that is started"),
        SettingsKey("arn", .text, "instead: its ARN, or that of a version or alias"),
        SettingsKey("request", .anything, "members of the operation's request; the body"),
        SettingsKey("response", .anything, "`StatusCode`, `Headers`, `Body`; the answer"),
        SettingsKey(
            "authorization",
            .choice(["NONE", "API_KEY", "AWS_IAM"]),
            "who may ask; `API_KEY` where keys are named, else `NONE`"
        ),
        SettingsKey("apiKeys", .list(.text), "names of keys; any where none is named"),
        SettingsKey("rate", .number(0.001...1_000_000), "requests a second; any number"),
        SettingsKey("burst", .number(1...1_000_000), "requests at once; as many as a second"),
        SettingsKey(
            "cors",
            .members([
                SettingsKey("allowOrigins", .list(.text), isRequired: true, "whose pages may ask"),
                SettingsKey("allowHeaders", .list(.text), "header fields that they may send"),
                SettingsKey("exposeHeaders", .list(.text), "header fields that they may read"),
                SettingsKey("allowCredentials", .flag, "whether with cookies; false"),
                SettingsKey("maxAge", .whole(0...86_400), "seconds that browsers keep it; 0"),
            ]),
            "pages of other origins that may use it; none"
        ),
        SettingsKey("timeoutSeconds", .whole(1...300), "for the end of an execution; 300"),
        SettingsKey("enabled", .flag, "whether it is answered; true"),
        SettingsKey("description", .text, "what it is for"),
    ]

    /// A key of routes' callers.
    static let routeKey: [SettingsKey] = [
        SettingsKey("key", .secret, isRequired: true, "what is sent as `x-api-key`"),
        SettingsKey("rate", .number(0.001...1_000_000), "requests a second; any number"),
        SettingsKey("burst", .number(1...1_000_000), "requests at once; as many as a second"),
    ]
}
