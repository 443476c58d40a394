import StepwellJSON

extension ConfigurationFile {
    /// What starts executions by itself.
    static let triggers: [SettingsKey] = [
        SettingsKey("eventBuses", .named("NAME", .members(eventBus)), "event buses"),
        SettingsKey("rules", .named("NAME", .members(rule)), "rules of event buses"),
        SettingsKey("schedules", .named("NAME", .members(schedule)), "of the default group"),
        SettingsKey("routes", .named("NAME", .members(route)), "HTTP routes"),
        SettingsKey("apiKeys", .named("NAME", .members(routeKey)), "keys of routes' callers"),
    ]

    private static let eventBus: [SettingsKey] = [
        SettingsKey("description", .text, "what it is for")
    ]

    private static let rule: [SettingsKey] = [
        SettingsKey("eventBus", .text, "the bus; `default`"),
        SettingsKey("pattern", .anything, "the event pattern, as a mapping or as JSON text"),
        SettingsKey("schedule", .text, "`rate(…)` or `cron(…)`, of rules of the default bus"),
        SettingsKey("enabled", .flag, "whether it counts; `true`"),
        SettingsKey("description", .text, "what it is for"),
        SettingsKey(
            "targets",
            .named("ID", .members(target)),
            isRequired: true,
            "what is started, by ids of the rule's own"
        ),
    ]

    private static let target: [SettingsKey] = [
        SettingsKey("stateMachine", .text, "the name of a state machine of this server"),
        SettingsKey("arn", .text, "instead: the ARN of a state machine, alias, version or bus"),
        SettingsKey("roleArn", .text, "the role"),
        SettingsKey("input", .anything, "what is given; the event where nothing is said"),
        SettingsKey("inputPath", .text, "instead: the part of the event that is given"),
        SettingsKey("inputTemplate", .text, "instead: a template with `<variables>`"),
        SettingsKey("inputPaths", .named("VARIABLE", .text), "the variables' paths in the event"),
        SettingsKey("maximumRetryAttempts", .whole(0...185), "of a delivery; 185"),
        SettingsKey("maximumEventAgeSeconds", .whole(60...86_400), "of a delivery; 86400"),
        SettingsKey("deadLetterArn", .text, "an SQS queue for what cannot be delivered"),
    ]
}

extension SettingsReading {
    /// What is defined of triggers.
    func triggers(_ node: SettingsNode) -> TriggersSettings {
        var settings = TriggersSettings()
        settings.eventBuses = (node["eventBuses"]?.members ?? []).map { name, node in
            EventBusSettings(name: name, description: node["description"]?.text)
        }
        settings.rules = (node["rules"]?.members ?? []).map { rule($0.name, $0.node) }
        settings.schedules = schedules(node["schedules"])
        settings.routes = routes(node["routes"])
        settings.routeKeys = routeKeys(node["apiKeys"])
        return settings
    }

    private func rule(_ name: String, _ node: SettingsNode) -> RuleSettings {
        var rule = RuleSettings(name: name, place: document.problem("", at: node.place))
        rule.eventBus = node["eventBus"]?.text
        rule.pattern = node["pattern"].map { jsonText($0) }
        rule.schedule = node["schedule"]?.text
        rule.isEnabled = node["enabled"]?.flag ?? true
        rule.description = node["description"]?.text
        rule.targets = (node["targets"]?.members ?? []).map { target($0.name, $0.node) }
        return rule
    }

    private func target(_ id: String, _ node: SettingsNode) -> RuleTargetSettings {
        var target = RuleTargetSettings(id: id, place: document.problem("", at: node.place))
        target.arn = node["arn"]?.text
        target.stateMachine = node["stateMachine"]?.text
        if (target.arn == nil) == (target.stateMachine == nil) {
            note("one of 'stateMachine' and 'arn' says what is started", at: node)
        }
        target.roleARN = node["roleArn"]?.text
        target.input = node["input"].map { JSONWriter.string($0.value) }
        target.inputPath = node["inputPath"]?.text
        target.inputTemplate = node["inputTemplate"]?.text
        let inputs = [target.input, target.inputPath, target.inputTemplate].compactMap { $0 }
        if inputs.count > 1 {
            note("one of 'input', 'inputPath' and 'inputTemplate' can be given", at: node)
        }
        target.inputPaths = (node["inputPaths"]?.members ?? []).map { name, node in
            InputPathSettings(name: name, path: node.text ?? "$")
        }
        target.maximumRetryAttempts = node["maximumRetryAttempts"]?.whole
        target.maximumEventAgeSeconds = node["maximumEventAgeSeconds"]?.whole
        target.deadLetterARN = node["deadLetterArn"]?.text
        return target
    }

    /// A mapping as JSON text, or the text that is written.
    private func jsonText(_ node: SettingsNode) -> String {
        node.value.stringValue ?? JSONWriter.string(node.value)
    }
}
