package import StepwellEngine
import StepwellHistory
import StepwellJSON

/// Records who changed what by hand: every call of an operation that creates, changes, stops or
/// deletes something, refused ones too.
///
/// Records have the members of AWS CloudTrail's. Starts and task results are the work itself, and
/// in the executions' own logs.
package struct AuditLog: Sendable {
    private static let operations: Set<String> = [
        "CreateActivity", "CreateStateMachine", "CreateStateMachineAlias", "DeleteActivity",
        "DeleteStateMachine", "DeleteStateMachineAlias", "DeleteStateMachineVersion",
        "PublishStateMachineVersion", "RedriveExecution", "StopExecution", "TagResource",
        "UntagResource", "UpdateMapRun", "UpdateStateMachine", "UpdateStateMachineAlias",
    ]

    private let sink: any AuditSink
    private let region: String
    private let clock: any EngineClock

    /// An audit log of a server in a region.
    package init(sink: any AuditSink, region: String, clock: any EngineClock) {
        self.sink = sink
        self.region = region
        self.clock = clock
    }

    /// Records a request and its answer, when it is of an operation that is recorded.
    func record(_ request: ServiceRequest, by accessKeyID: String?, _ response: ServiceResponse) {
        guard let name = request.operationName, Self.operations.contains(name) else { return }
        var identity = JSONObject()
        identity["type"] = .string(accessKeyID == nil ? "Anonymous" : "AccessKey")
        if let accessKeyID { identity["accessKeyId"] = .string(accessKeyID) }
        var record = JSONObject()
        record["eventTime"] = .string(clock.now().rfc3339)
        record["eventSource"] = .string("states.amazonaws.com")
        record["eventName"] = .string(name)
        record["awsRegion"] = .string(region)
        record["sourceIPAddress"] = request.peer.map { .string($0) } ?? .null
        record["userAgent"] =
            request.headerValues("user-agent").first.map { .string($0) } ?? .null
        record["userIdentity"] = .object(identity)
        record["requestID"] = .string(request.id)
        if let shape = Operation.all[name]?.shape,
            case .object(let members)? = try? JSONParser.parse(request.body, maximumDepth: 64)
        {
            record["requestParameters"] = .object(AuditView.members(members, shape))
        }
        let answer = (try? JSONParser.parse(response.body)) ?? .null
        if response.status == 200 {
            record["responseElements"] = answer
        } else if case .object(let members) = answer {
            record["errorCode"] = members["__type"] ?? .null
            record["errorMessage"] = members["message"] ?? .null
        }
        sink.write(JSONWriter.write(.object(record)))
    }
}

/// A request as an audit log shows it: without what the service model calls sensitive.
enum AuditView {
    /// The members of a structure that its shape knows.
    static func members(_ members: JSONObject, _ shape: [MemberShape]) -> JSONObject {
        var shown = JSONObject()
        for member in shape {
            guard let value = members[member.name], value != .null else { continue }
            shown[member.name] = self.value(value, member.value)
        }
        return shown
    }

    private static func value(_ value: JSONValue, _ shape: ValueShape) -> JSONValue {
        switch (shape, value) {
        case (.string(let constraints), .string(let text)) where constraints.isSensitive:
            .string("(\(text.utf8.count) bytes)")
        case (.string, .string(let text)) where text.utf8.count > 2_048:
            .string("(\(text.utf8.count) bytes)")
        case (.structure(let shape), .object(let members)):
            .object(self.members(members, shape))
        case (.list(let shape, _), .array(let values)):
            .array(values.prefix(100).map { self.value($0, shape) })
        case (.string, .string), (.integer, .number), (.boolean, .bool):
            value
        default:
            .string("(of another type)")
        }
    }
}
