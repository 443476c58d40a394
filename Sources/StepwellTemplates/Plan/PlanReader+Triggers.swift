import StepwellIntegrations
import StepwellJSON

/// Rules, schedules and routes: as resources of their own, and as SAM's events of state machines.
extension PlanReader {
    // MARK: Resources

    mutating func readRule(_ resource: TemplateResource) throws(SettingsProblem) {
        let name = try scope.name(of: resource).attribute("Name")
        var rule = JSONObject([("Name", .string(name))])
        for property in ["Description", "ScheduleExpression", "State", "EventBusName", "RoleArn"] {
            rule[property] = try text(property, of: resource).map { .string($0) }
        }
        rule["EventPattern"] = try value("EventPattern", of: resource).map(Self.jsonText)
        let targets = try value("Targets", of: resource)?.arrayValue ?? []
        plan.triggers.append(trigger(resource.logicalID, rule, targets, resource.place))
    }

    mutating func readEventBus(_ resource: TemplateResource) throws(SettingsProblem) {
        let name = try neededText("Name", of: resource)
        let call = PlannedTrigger.Call(
            service: "events",
            operation: "CreateEventBus",
            body: JSONObject([("Name", .string(name))])
        )
        plan.triggers.append(
            PlannedTrigger(
                logicalID: resource.logicalID,
                summary: "an event bus",
                calls: [call],
                place: resource.place
            )
        )
    }

    mutating func readSchedule(_ resource: TemplateResource) throws(SettingsProblem) {
        let name = try scope.name(of: resource).attribute("Name")
        let properties = resource.place.appending("Properties")
        var schedule = try scope.value(at: properties)?.objectValue ?? JSONObject()
        schedule["Name"] = .string(name)
        plan.triggers.append(schedule.trigger(of: resource.logicalID, resource.place))
    }

    mutating func readScheduleGroup(_ resource: TemplateResource) throws(SettingsProblem) {
        let name = try scope.name(of: resource).attribute("Name")
        let call = PlannedTrigger.Call(
            service: "scheduler",
            operation: "CreateScheduleGroup",
            body: JSONObject([("Name", .string(name))])
        )
        plan.triggers.append(
            PlannedTrigger(
                logicalID: resource.logicalID,
                summary: "a schedule group",
                calls: [call],
                place: resource.place
            )
        )
    }

    // MARK: Events of state machines

    mutating func readEvents(
        of machine: PlannedStateMachine,
        _ resource: TemplateResource
    ) throws(SettingsProblem) {
        let place = resource.place.appending("Properties").appending("Events")
        for (name, event) in document.value[place]?.objectValue ?? JSONObject() {
            let place = place.appending(name)
            let properties =
                try scope.value(at: place.appending("Properties"))?.objectValue ?? JSONObject()
            let source = EventSource(
                machine: machine,
                name: machine.logicalID + name,
                properties: properties,
                place: place
            )
            switch event["Type"]?.stringValue {
            case "Schedule": plan.triggers.append(scheduleRule(source))
            case "ScheduleV2": plan.triggers.append(schedule(source))
            case "EventBridgeRule", "CloudWatchEvent": plan.triggers.append(eventRule(source))
            case "Api", "HttpApi": plan.triggers.append(route(source))
            case let type:
                throw document.problem("the event type '\(type ?? "")' is not known", at: place)
            }
        }
    }

    /// An event as SAM has it.
    private struct EventSource {
        let machine: PlannedStateMachine
        let name: String
        let properties: JSONObject
        let place: JSONPointer
    }

    private func scheduleRule(_ source: EventSource) -> PlannedTrigger {
        let properties = source.properties
        var rule = JSONObject([("Name", properties["Name"] ?? .string(source.name))])
        rule["Description"] = properties["Description"]
        rule["ScheduleExpression"] = properties["Schedule"]
        rule["State"] = Self.state(properties)
        return trigger(source.name, rule, [target(source)], source.place)
    }

    private func eventRule(_ source: EventSource) -> PlannedTrigger {
        let properties = source.properties
        var rule = JSONObject([("Name", properties["RuleName"] ?? .string(source.name))])
        rule["EventPattern"] = properties["Pattern"].map(Self.jsonText)
        rule["EventBusName"] = properties["EventBusName"]
        rule["State"] = Self.state(properties)
        return trigger(source.name, rule, [target(source)], source.place)
    }

    /// `State`, or what `Enabled` says.
    private static func state(_ properties: JSONObject) -> JSONValue? {
        if let state = properties["State"] { return state }
        return properties["Enabled"]?.plainText == "false" ? "DISABLED" : nil
    }

    private func target(_ source: EventSource) -> JSONValue {
        let properties = source.properties
        var target = JSONObject([
            ("Id", properties["Target"]?["Id"] ?? .string(source.name + "Target")),
            ("Arn", .string(source.machine.arn)),
            ("RoleArn", properties["RoleArn"] ?? .string(source.machine.roleARN)),
        ])
        target["Input"] = properties["Input"].map(Self.jsonText)
        target["InputPath"] = properties["InputPath"]
        target["InputTransformer"] = properties["InputTransformer"]
        target["RetryPolicy"] = properties["RetryPolicy"]
        if let arn = properties["DeadLetterConfig"]?["Arn"] {
            target["DeadLetterConfig"] = .object(JSONObject([("Arn", arn)]))
        }
        return .object(target)
    }

    private func schedule(_ source: EventSource) -> PlannedTrigger {
        let properties = source.properties
        var schedule = JSONObject([("Name", properties["Name"] ?? .string(source.name))])
        for key in [
            "Description", "EndDate", "FlexibleTimeWindow", "GroupName", "KmsKeyArn",
            "ScheduleExpression", "ScheduleExpressionTimezone", "StartDate", "State",
        ] { schedule[key] = properties[key] }
        if schedule["FlexibleTimeWindow"] == nil {
            schedule["FlexibleTimeWindow"] = .object(JSONObject([("Mode", "OFF")]))
        }
        var target = JSONObject([
            ("Arn", .string(source.machine.arn)),
            ("RoleArn", properties["RoleArn"] ?? .string(source.machine.roleARN)),
        ])
        target["Input"] = properties["Input"].map(Self.jsonText)
        target["RetryPolicy"] = properties["RetryPolicy"]
        target["DeadLetterConfig"] = properties["DeadLetterConfig"]
        schedule["Target"] = .object(target)
        return schedule.trigger(of: source.name, source.place)
    }

    private func route(_ source: EventSource) -> PlannedTrigger {
        let method = (source.properties["Method"]?.plainText ?? "any").uppercased()
        let path = source.properties["Path"]?.plainText ?? "/"
        let route = JSONObject([
            ("Name", .string(source.name)), ("Route", .string("\(method) \(path)")),
            ("StateMachineArn", .string(source.machine.arn)),
            ("Action", source.machine.type == "EXPRESS" ? "StartSyncExecution" : "StartExecution"),
        ])
        let call = PlannedTrigger.Call(service: "triggers", operation: "PutRoute", body: route)
        return PlannedTrigger(
            logicalID: source.name,
            summary: "a route: \(method) \(path)",
            calls: [call],
            place: source.place
        )
    }

    private func trigger(
        _ name: String,
        _ rule: JSONObject,
        _ targets: [JSONValue],
        _ place: JSONPointer
    ) -> PlannedTrigger {
        var put = JSONObject([("Rule", rule["Name"] ?? .string(name))])
        put["EventBusName"] = rule["EventBusName"]
        put["Targets"] = .array(targets)
        var calls = [PlannedTrigger.Call(service: "events", operation: "PutRule", body: rule)]
        if !targets.isEmpty {
            calls.append(
                PlannedTrigger.Call(service: "events", operation: "PutTargets", body: put)
            )
        }
        let time = rule["ScheduleExpression"]?.plainText
        return PlannedTrigger(
            logicalID: name,
            summary: time.map { "a rule: \($0)" } ?? "a rule: events",
            calls: calls,
            place: place
        )
    }

    /// A pattern or input as the API takes it: as JSON text.
    private static func jsonText(_ value: JSONValue) -> JSONValue {
        if case .string = value { return value }
        return .string(JSONWriter.string(value))
    }
}

extension JSONObject {
    /// The schedule with these members.
    fileprivate func trigger(of name: String, _ place: JSONPointer) -> PlannedTrigger {
        let call = PlannedTrigger.Call(
            service: "scheduler",
            operation: "CreateSchedule",
            body: self
        )
        return PlannedTrigger(
            logicalID: name,
            summary: "a schedule: \(self["ScheduleExpression"]?.plainText ?? "")",
            calls: [call],
            place: place
        )
    }
}
