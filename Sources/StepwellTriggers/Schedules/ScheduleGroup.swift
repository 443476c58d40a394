package import StepwellEngine
package import StepwellHistory
import StepwellJSON

/// A group of schedules, with its tags.
package struct ScheduleGroup: Sendable, Hashable {
    package let name: String
    package let created: Timestamp
    package var modified: Timestamp
    /// Whether its schedules are being deleted, and then itself.
    package var isDeleting = false
    /// By key, in the order of the keys.
    package var tags: [ResourceTag] = []
    /// The request that created it; the same one again changes nothing.
    var clientToken: String?

    /// The group that there always is, and that schedules are in when none is named.
    package static let defaultName = "default"

    init(_ name: String, created: Timestamp) {
        self.name = name
        self.created = created
        modified = created
    }

    /// Sets tags, and removes others by their keys.
    mutating func change(setting set: [ResourceTag], removing keys: [String]) {
        tags.put(set)
        tags.remove(keys)
        tags.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    }

    /// The row that holds it.
    var row: TriggerRow {
        var members: JSONObject = [
            "name": .string(name), "created": .number(JSONNumber(created.milliseconds)),
            "modified": .number(JSONNumber(modified.milliseconds)),
            "isDeleting": .bool(isDeleting),
            "tags": .array(tags.map { [.string($0.key), .string($0.value)] }),
        ]
        members["clientToken"] = clientToken.map { .string($0) }
        return TriggerRow(
            .scheduleGroup,
            key: TriggerKey.names(name),
            value: JSONWriter.write(.object(members))
        )
    }

    /// Reads a row; nil when it holds no group.
    init?(row value: [UInt8]) {
        guard let json = try? JSONParser.parse(value), let name = json["name"]?.stringValue,
            let created = json["created"]?.intValue, let modified = json["modified"]?.intValue
        else { return nil }
        self.init(name, created: Timestamp(milliseconds: Int64(created)))
        self.modified = Timestamp(milliseconds: Int64(modified))
        isDeleting = json["isDeleting"]?.boolValue ?? false
        clientToken = json["clientToken"]?.stringValue
        tags = (json["tags"]?.arrayValue ?? []).compactMap { tag in
            guard let key = tag[0]?.stringValue, let value = tag[1]?.stringValue else { return nil }
            return ResourceTag(key: key, value: value)
        }
    }
}
