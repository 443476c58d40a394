import StepwellEngine
package import StepwellHistory
import StepwellJSON

/// An HTTP route as it is stored.
package struct Route: Sendable, Equatable {
    package let name: String
    package var definition: RouteDefinition
    package let created: Timestamp
    package var modified: Timestamp
    /// Whether the configuration file defines it.
    package var isFromFile = false

    init(_ name: String, _ definition: RouteDefinition, created: Timestamp) {
        self.name = name
        self.definition = definition
        self.created = created
        modified = created
    }

    /// The row that holds it.
    var row: TriggerRow {
        let members: JSONObject = [
            "name": .string(name), "definition": .object(definition.json),
            "created": .number(JSONNumber(created.milliseconds)),
            "modified": .number(JSONNumber(modified.milliseconds)),
            "isFromFile": .bool(isFromFile),
        ]
        return TriggerRow(
            .route,
            key: TriggerKey.names(name),
            value: JSONWriter.write(.object(members))
        )
    }

    /// Reads a row; nil when it holds no route.
    init?(row value: [UInt8]) {
        guard let json = try? JSONParser.parse(value), let name = json["name"]?.stringValue,
            let members = json["definition"]?.objectValue,
            let definition = try? RouteDefinition(members),
            let created = json["created"]?.intValue, let modified = json["modified"]?.intValue
        else { return nil }
        self.init(name, definition, created: Timestamp(milliseconds: Int64(created)))
        self.modified = Timestamp(milliseconds: Int64(modified))
        isFromFile = json["isFromFile"]?.boolValue ?? false
    }
}
