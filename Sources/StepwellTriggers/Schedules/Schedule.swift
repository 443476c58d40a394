import StepwellEngine
package import StepwellHistory
import StepwellJSON

/// A schedule as it is stored: what was said of it, and how far it has come.
package struct Schedule: Sendable, Hashable {
    /// Its names: of the group, and in it.
    package struct Name: Sendable, Hashable {
        package var group: String
        package var name: String

        package init(group: String, name: String) {
            self.group = group
            self.name = name
        }

        var key: [UInt8] { TriggerKey.names(group, name) }
    }

    /// What comes next: a time of the expression, and when the target is reached.
    package struct Occurrence: Sendable, Hashable {
        /// The time that the expression means.
        package var time: Timestamp
        /// That, and as much of the flexible window as was drawn for it.
        package var due: Timestamp
    }

    package let name: Name
    package var definition: ScheduleDefinition
    package let created: Timestamp
    package var modified: Timestamp
    /// The request that said it; the same one again changes nothing.
    package var clientToken: String?
    /// Whether the configuration file defines it, and nothing else changes it.
    package var isFromFile = false
    /// The first time of a rate.
    var anchor: Timestamp
    /// Up to here everything is done.
    var cursor: Timestamp
    /// What comes next; nil when nothing does.
    package internal(set) var next: Occurrence?

    init(_ name: Name, _ definition: ScheduleDefinition, created: Timestamp, cursor: Timestamp) {
        self.name = name
        self.definition = definition
        self.created = created
        modified = created
        anchor = created
        self.cursor = cursor
    }

    /// The id of the delivery of an occurrence: the same however often it is decided.
    func deliveryID(of time: Timestamp, arn: String) -> String {
        let occurrence = DeliveryID.uuid(
            of: ["schedule", arn, String(created.milliseconds), String(time.milliseconds)]
        )
        return DeliveryID.make(occurrence: occurrence, target: [definition.target.arn])
    }

    /// The key among the times at which schedules are due; nil when it is not due.
    var dueKey: [UInt8]? {
        next.map { TriggerKey.moment($0.due, "\(name.group)\0\(name.name)") }
    }

    /// The names in a key of `dueKey`.
    static func name(inDueKey key: [UInt8]) -> Name? {
        let names = key.dropFirst(8).split(separator: 0, omittingEmptySubsequences: false)
        guard names.count == 2 else { return nil }
        return Name(
            group: String(decoding: names[0], as: UTF8.self),
            name: String(decoding: names[1], as: UTF8.self)
        )
    }
}

extension Schedule {
    /// The row that holds it.
    var row: TriggerRow {
        var members: JSONObject = [
            "group": .string(name.group), "name": .string(name.name),
            "definition": .object(definition.json),
            "created": Self.number(created), "modified": Self.number(modified),
            "anchor": Self.number(anchor), "cursor": Self.number(cursor),
            "isFromFile": .bool(isFromFile),
        ]
        members["clientToken"] = clientToken.map { .string($0) }
        members["next"] = next.map { ["time": Self.number($0.time), "due": Self.number($0.due)] }
        return TriggerRow(.schedule, key: name.key, value: JSONWriter.write(.object(members)))
    }

    /// Reads a row; nil when it holds no schedule.
    init?(row value: [UInt8]) {
        guard let json = try? JSONParser.parse(value), let group = json["group"]?.stringValue,
            let name = json["name"]?.stringValue,
            let definition = json["definition"].flatMap({ ScheduleDefinition($0) }),
            let created = Self.time(json["created"]), let modified = Self.time(json["modified"]),
            let anchor = Self.time(json["anchor"]), let cursor = Self.time(json["cursor"])
        else { return nil }
        self.init(Name(group: group, name: name), definition, created: created, cursor: cursor)
        self.modified = modified
        self.anchor = anchor
        isFromFile = json["isFromFile"]?.boolValue ?? false
        clientToken = json["clientToken"]?.stringValue
        if let next = json["next"], let time = Self.time(next["time"]),
            let due = Self.time(next["due"])
        {
            self.next = Occurrence(time: time, due: due)
        }
    }

    private static func number(_ time: Timestamp) -> JSONValue {
        .number(JSONNumber(time.milliseconds))
    }

    private static func time(_ value: JSONValue?) -> Timestamp? {
        value?.intValue.map { Timestamp(milliseconds: Int64($0)) }
    }
}
