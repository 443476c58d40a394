package import StepwellIntegrations

/// What may be written in a test file: the tables that it is checked against, from which the
/// reference in the documentation comes too.
package enum SuiteKeys {
    /// The keys of the file.
    package static let file: [SettingsKey] = [
        SettingsKey(
            "machine",
            .textOr(.members(machine)),
            isRequired: true,
            "the state machine that the cases are of: its definition's file, or more of it"
        ),
        SettingsKey(
            "machines",
            .named("NAME", .textOr(.members(machine))),
            "other state machines, that tasks of it start; their states are `NAME/STATE`"
        ),
        SettingsKey(
            "mocks",
            .named("STATE", .anything),
            "responses for the states of every case; those of a case take precedence"
        ),
        SettingsKey(
            "mockFile",
            .path,
            "a mock configuration file of Step Functions Local, for `testCase`"
        ),
        SettingsKey(
            "config",
            .path,
            "a configuration file for `serve`: its functions and buckets are used for real"
        ),
        SettingsKey("seed", .whole(0...Int.max), "the seed of all randomness; 0"),
        SettingsKey("start", .text, "the time at which cases begin; 2026-01-01T00:00:00Z"),
        SettingsKey("cases", .list(.members(testCase)), isRequired: true, "the cases"),
    ]

    private static let machine: [SettingsKey] = [
        SettingsKey(
            "definition",
            .path,
            isRequired: true,
            "the definition's file, or `TEMPLATE#LOGICAL-ID` of a template"
        ),
        SettingsKey("name", .text, "its name; the file's up to its first dot"),
        SettingsKey("type", .choice(["STANDARD", "EXPRESS"]), "`STANDARD` by default"),
        SettingsKey("substitute", .named("NAME", .text), "the values of `${NAME}`"),
    ]

    private static let testCase: [SettingsKey] = [
        SettingsKey("name", .text, isRequired: true, "what the case is called"),
        SettingsKey("input", .anything, "the input; `{}`"),
        SettingsKey("inputFile", .path, "a file with the input"),
        SettingsKey("mocks", .named("STATE", .anything), "responses: one for each call of a state"),
        SettingsKey("testCase", .text, "a test case of `mockFile`; `mocks` take precedence"),
        SettingsKey("state", .text, "tries this state alone, as TestState does"),
        SettingsKey("variables", .named("NAME", .anything), "of `state`: the variables in scope"),
        SettingsKey("context", .anything, "of `state`: the context object"),
        SettingsKey("mock", .anything, "of `state`: the response of its work"),
        SettingsKey("retryCount", .whole(0...1_000_000), "of `state`: how often it was retried"),
        SettingsKey(
            "validation",
            .choice(["STRICT", "PRESENT", "NONE"]),
            "of `state`: how closely `mock` must match the service; `PRESENT`"
        ),
        SettingsKey("skip", .text, "why the case is not run"),
        SettingsKey("expect", .members(expectations), "what must hold; `SUCCEEDED` at least"),
    ]

    private static let expectations: [SettingsKey] = [
        SettingsKey("status", .choice(SuiteStatus.allCases.map(\.rawValue)), "how it ended"),
        SettingsKey("output", .anything, "the output, exactly"),
        SettingsKey(
            "outputContains",
            .anything,
            "members that the output has among others, at any depth"
        ),
        SettingsKey(
            "outputMatches",
            .listOr(.text, .text),
            "JSONata that is true of the output: `{% $.total > 3 %}`"
        ),
        SettingsKey("error", .text, "the error name, or `/PATTERN/`"),
        SettingsKey("cause", .text, "the cause, or `/PATTERN/`"),
        SettingsKey(
            "path",
            .listOr(.text, .members(path)),
            "the states of the top level in the order in which they were entered"
        ),
        SettingsKey("variables", .named("NAME", .anything), "values of variables at the end"),
        SettingsKey("retries", .named("STATE", .whole(0...1_000_000)), "how often states retried"),
        SettingsKey(
            "visits",
            .named("STATE", .whole(0...1_000_000)),
            "how often they were entered"
        ),
        SettingsKey(
            "calls",
            .named("STATE", .anything),
            "what a task received, call by call; or the number of calls"
        ),
        SettingsKey(
            "elapsed",
            .anything,
            "the time that it took: `90s`, `365d`, `{min: 1h, max: 2h}`; a number is seconds"
        ),
        SettingsKey("next", .text, "of `state`: the state that follows"),
    ]

    private static let path: [SettingsKey] = [
        SettingsKey("exact", .list(.text), "as a list alone"),
        SettingsKey("contains", .list(.text), "entered in this order, at any depth, among others"),
        SettingsKey("not", .list(.text), "never entered, at any depth"),
    ]
}
