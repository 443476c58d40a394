import StepwellEngine
package import StepwellHistory
import StepwellJSON

/// An event bus.
package struct EventBus: Sendable, Hashable {
    package let name: String
    package var description: String?
    package var created: Timestamp
    package var modified: Timestamp
    /// Where events go that a rule of the bus cannot deliver and that names no queue itself.
    package var deadLetterARN: String?
    package var tags: [TriggerTag] = []
    /// Whether the configuration file defines it, which alone can change it then.
    package var isFromFile = false

    /// The bus that is always there.
    package static let defaultName = "default"

    package init(name: String, at time: Timestamp) {
        self.name = name
        created = time
        modified = time
    }

    var row: TriggerRow {
        var members: JSONObject = [
            "name": .string(name), "created": .number(JSONNumber(created.milliseconds)),
            "modified": .number(JSONNumber(modified.milliseconds)),
            "tags": TriggerTag.json(tags), "isFromFile": .bool(isFromFile),
        ]
        members["description"] = description.map { .string($0) }
        members["deadLetterArn"] = deadLetterARN.map { .string($0) }
        let value = JSONWriter.write(.object(members))
        return TriggerRow(.eventBus, key: TriggerKey.names(name), value: value)
    }

    init?(_ row: TriggerRow) {
        guard let json = try? JSONParser.parse(row.value), let name = json["name"]?.stringValue,
            let created = json["created"]?.intValue, let modified = json["modified"]?.intValue
        else { return nil }
        self.init(name: name, at: Timestamp(milliseconds: Int64(created)))
        self.modified = Timestamp(milliseconds: Int64(modified))
        description = json["description"]?.stringValue
        deadLetterARN = json["deadLetterArn"]?.stringValue
        tags = TriggerTag.list(json["tags"])
        isFromFile = json["isFromFile"]?.boolValue ?? false
    }
}
