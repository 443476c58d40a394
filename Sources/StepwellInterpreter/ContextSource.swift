import StepwellHistory
import StepwellJSON

/// What the context object (`$$`) is built from; see "Context object" in the developer guide.
struct ContextSource: Sendable {
    var start: StartInput?
    var startTime: Timestamp
    var redriveCount = 0
    /// The time of the newest redrive.
    var redriveTime: Timestamp?
    var stateName: String
    var enteredTime: Timestamp
    /// Task states only.
    var retryCount: Int?
    /// Set where a task token exists.
    var taskToken: String?
    /// The iteration that the state is part of: the innermost Map's.
    var mapItem: MapItem?
    /// Whether an item says where it comes from.
    var hasItemSource = true
    /// Whether the members of the execution are in the order that AWS writes them in.
    var orderIsRecorded = true
    /// What stands for all of it but the item, in a trial.
    var given: JSONObject?

    /// One item of a Map.
    struct MapItem: Sendable {
        var index: Int
        var value: JSONValue
        /// Of a Map over an object.
        var key: String?
        /// Where it was read from; nil for an item of the state's input.
        var source: String?
    }

    /// The context object.
    var object: JSONValue {
        var members = given ?? JSONObject()
        if given == nil { describe(&members) }
        if let taskToken, members["Task"] == nil {
            members["Task"] = .object(JSONObject([("Token", .string(taskToken))]))
        }
        if let mapItem { members["Map"] = .object(map(mapItem)) }
        return .object(members)
    }

    private func describe(_ members: inout JSONObject) {
        if let start {
            members["Execution"] = execution(start)
            members["StateMachine"] = .object(
                JSONObject([
                    ("Id", .string(start.stateMachineARN)),
                    ("Name", .string(Self.machineName(start.stateMachineARN))),
                ])
            )
        }
        members["State"] = state
    }

    private func map(_ mapItem: MapItem) -> JSONObject {
        var item = JSONObject([
            ("Index", .number(JSONNumber(Int64(mapItem.index)))),
            ("Value", mapItem.value),
        ])
        if let key = mapItem.key { item["Key"] = .string(key) }
        // Developer guide, "Context object data for Map states".
        if hasItemSource { item["Source"] = .string(mapItem.source ?? "STATE_DATA") }
        return JSONObject([("Item", .object(item))])
    }

    private func execution(_ start: StartInput) -> JSONValue {
        var members = JSONObject([
            ("Id", .string(start.executionARN)),
            ("Input", (try? start.input.value()) ?? .null),
        ])
        // What StartSyncExecution started writes them in another order and has no
        // RedriveCount (recorded); other Express executions have one, although they cannot be
        // redriven.
        let isAlone = start.isSynchronous && orderIsRecorded
        if !isAlone { members["StartTime"] = .string(startTime.rfc3339) }
        members["Name"] = .string(start.givenName)
        members["RoleArn"] = .string(start.roleARN)
        if isAlone { members["StartTime"] = .string(startTime.rfc3339) }
        if !start.isSynchronous {
            members["RedriveCount"] = .number(JSONNumber(Int64(redriveCount)))
        }
        if let redriveTime { members["RedriveTime"] = .string(redriveTime.rfc3339) }
        return .object(members)
    }

    private var state: JSONValue {
        var members = JSONObject([
            ("Name", .string(stateName)),
            ("EnteredTime", .string(enteredTime.rfc3339)),
        ])
        if let retryCount { members["RetryCount"] = .number(JSONNumber(Int64(retryCount))) }
        return .object(members)
    }

    /// The name in a state machine's ARN: its seventh part.
    static func machineName(_ arn: String) -> String {
        let parts = arn.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 7)
        return parts.count > 6 ? String(Substring(parts[6])) : arn
    }
}
