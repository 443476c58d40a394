import StepwellJSON

/// Schedules, routes and their callers' keys.
extension SettingsReading {
    /// The schedules of a mapping.
    func schedules(_ node: SettingsNode?) -> [TriggerItem] {
        (node?.members ?? []).map { name, node in
            TriggerItem(name, schedule(node), place: document.problem("", at: node.place))
        }
    }

    /// The routes of a mapping.
    func routes(_ node: SettingsNode?) -> [TriggerItem] {
        (node?.members ?? []).map { name, node in
            TriggerItem(name, route(node), place: document.problem("", at: node.place))
        }
    }

    /// The keys of a mapping.
    func routeKeys(_ node: SettingsNode?) -> [RouteKeySettings] {
        (node?.members ?? []).map { name, node in
            RouteKeySettings(
                name: name,
                key: node["key"].map(secret) ?? Secret(""),
                rate: node["rate"]?.number,
                burst: node["burst"]?.number
            )
        }
    }

    private func schedule(_ node: SettingsNode) -> JSONObject {
        var target: JSONObject = [:]
        target["Arn"] = text(node["arn"])
        target["StateMachine"] = text(node["stateMachine"])
        if (node["arn"] == nil) == (node["stateMachine"] == nil) {
            note("one of 'stateMachine' and 'arn' says what is started", at: node)
        }
        target["RoleArn"] = text(node["roleArn"])
        target["Input"] = node["input"].map { .string(JSONWriter.string($0.value)) }
        var policy: JSONObject = [:]
        policy["MaximumRetryAttempts"] = node["maximumRetryAttempts"]?.value
        policy["MaximumEventAgeInSeconds"] = node["maximumEventAgeSeconds"]?.value
        target["RetryPolicy"] = .object(policy)
        target["DeadLetterConfig"] = node["deadLetterArn"].map { ["Arn": $0.value] }
        if let type = text(node["detailType"]), let source = text(node["source"]) {
            target["EventBridgeParameters"] = ["DetailType": type, "Source": source]
        }
        var members: JSONObject = ["Target": .object(target)]
        members["ScheduleExpression"] = text(node["expression"])
        members["ScheduleExpressionTimezone"] = text(node["timezone"])
        members["FlexibleTimeWindow"] = node["windowMinutes"].map {
            ["Mode": "FLEXIBLE", "MaximumWindowInMinutes": $0.value]
        }
        members["StartDate"] = text(node["start"])
        members["EndDate"] = text(node["end"])
        if node["enabled"]?.flag == false { members["State"] = "DISABLED" }
        members["CatchUp"] = node["catchUp"]?.value
        if node["deleteAfterCompletion"]?.flag == true {
            members["ActionAfterCompletion"] = "DELETE"
        }
        members["Description"] = text(node["description"])
        return members
    }

    private func route(_ node: SettingsNode) -> JSONObject {
        var members: JSONObject = [:]
        members["Route"] = text(node["route"])
        members["Action"] = node["action"]?.value
        members["StateMachineArn"] = text(node["arn"])
        members["StateMachine"] = text(node["stateMachine"])
        members["Request"] = node["request"]?.value
        members["Response"] = node["response"]?.value
        members["Authorization"] = node["authorization"]?.value
        members["ApiKeys"] = node["apiKeys"].map { .array($0.texts.map { .string($0) }) }
        if let rate = node["rate"] {
            var throttle: JSONObject = ["Rate": rate.value]
            throttle["Burst"] = node["burst"]?.value
            members["Throttle"] = .object(throttle)
        } else if let burst = node["burst"] {
            note("a burst is of a rate: 'rate' is missing here", at: burst)
        }
        members["Cors"] = node["cors"].map(crossOrigin)
        members["TimeoutSeconds"] = node["timeoutSeconds"]?.value
        if node["enabled"]?.flag == false { members["State"] = "DISABLED" }
        members["Description"] = text(node["description"])
        return members
    }

    private func crossOrigin(_ node: SettingsNode) -> JSONValue {
        var members: JSONObject = [:]
        for (key, name) in [
            ("allowOrigins", "AllowOrigins"), ("allowHeaders", "AllowHeaders"),
            ("exposeHeaders", "ExposeHeaders"), ("allowCredentials", "AllowCredentials"),
            ("maxAge", "MaxAge"),
        ] {
            members[name] = node[key]?.value
        }
        return .object(members)
    }

    /// A text, or a number as it is written.
    private func text(_ node: SettingsNode?) -> JSONValue? {
        node?.text.map { .string($0) }
    }
}
