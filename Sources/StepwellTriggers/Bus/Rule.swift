import StepwellEngine
import StepwellJSON

/// A rule of an event bus: which events, or which times, its targets are told of.
package struct Rule: Sendable, Hashable {
    package let bus: String
    package let name: String
    /// The event pattern's text.
    package var pattern: String?
    /// A `rate(…)` or `cron(…)` expression, of rules of the default bus.
    package var schedule: String?
    package var isEnabled = true
    package var description: String?
    package var roleARN: String?
    package var tags: [TriggerTag] = []
    /// Whether the configuration file defines it, which alone can change it then.
    package var isFromFile = false

    package init(bus: String, name: String) {
        self.bus = bus
        self.name = name
    }

    /// The last part of its ARN.
    package var resource: String {
        bus == EventBus.defaultName ? "rule/\(name)" : "rule/\(bus)/\(name)"
    }

    var row: TriggerRow {
        var members: JSONObject = [
            "bus": .string(bus), "name": .string(name), "isEnabled": .bool(isEnabled),
            "tags": TriggerTag.json(tags), "isFromFile": .bool(isFromFile),
        ]
        members["pattern"] = pattern.map { .string($0) }
        members["schedule"] = schedule.map { .string($0) }
        members["description"] = description.map { .string($0) }
        members["roleArn"] = roleARN.map { .string($0) }
        let value = JSONWriter.write(.object(members))
        return TriggerRow(.rule, key: TriggerKey.names(bus, name), value: value)
    }

    init?(_ row: TriggerRow) {
        guard let json = try? JSONParser.parse(row.value), let bus = json["bus"]?.stringValue,
            let name = json["name"]?.stringValue
        else { return nil }
        self.init(bus: bus, name: name)
        pattern = json["pattern"]?.stringValue
        schedule = json["schedule"]?.stringValue
        isEnabled = json["isEnabled"]?.boolValue ?? true
        description = json["description"]?.stringValue
        roleARN = json["roleArn"]?.stringValue
        tags = TriggerTag.list(json["tags"])
        isFromFile = json["isFromFile"]?.boolValue ?? false
    }
}
