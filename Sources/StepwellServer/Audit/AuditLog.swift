package import StepwellEngine
import StepwellHistory
import StepwellJSON

/// Records who did what: every call of an operation that creates, changes, starts, stops, redrives
/// or deletes something, refused ones too.
///
/// Records have the members of AWS CloudTrail's. Task results are the work itself, and in the
/// executions' own logs; those that a person gives, in the console, are recorded.
package struct AuditLog: Sendable {
    private static let operations: Set<String> = [
        "CreateActivity", "CreateStateMachine", "CreateStateMachineAlias", "DeleteActivity",
        "DeleteStateMachine", "DeleteStateMachineAlias", "DeleteStateMachineVersion",
        "PublishStateMachineVersion", "RedriveExecution", "StartExecution", "StartSyncExecution",
        "StopExecution", "TagResource", "UntagResource", "UpdateMapRun", "UpdateStateMachine",
        "UpdateStateMachineAlias",
    ]
    /// What is recorded when a person does it.
    private static let answers: Set<String> = ["SendTaskFailure", "SendTaskSuccess"]

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
    func record(_ request: ServiceRequest, _ response: ServiceResponse) {
        guard let call = response.audited ?? call(of: request) else { return }
        var record = JSONObject()
        record["eventTime"] = .string(clock.now().rfc3339)
        record["eventSource"] = .string(call.source)
        record["eventName"] = .string(call.name)
        record["awsRegion"] = .string(region)
        record["sourceIPAddress"] = request.peer.map { .string($0) } ?? .null
        record["userAgent"] =
            request.headerValues("user-agent").first.map { .string($0) } ?? .null
        record["userIdentity"] = .object(Self.identity(of: request, call))
        record["requestID"] = .string(request.id)
        record["requestParameters"] = .object(call.parameters)
        let answer = (try? JSONParser.parse(response.body)) ?? .null
        if (200..<300).contains(response.status) {
            record["responseElements"] = AuditView.answer(answer)
        } else if case .object(let members) = answer {
            record["errorCode"] = members["__type"] ?? .null
            record["errorMessage"] = members["message"] ?? .null
        }
        sink.write(JSONWriter.write(.object(record)))
    }

    private static func identity(of request: ServiceRequest, _ call: AuditedCall) -> JSONObject {
        var identity = JSONObject()
        let caller = call.caller ?? request.caller
        identity["type"] = .string(caller == nil ? "Anonymous" : "AccessKey")
        if let caller { identity["accessKeyId"] = .string(caller) }
        if let intermediary = request.intermediary {
            identity["invokedBy"] = .string(intermediary)
        }
        return identity
    }

    /// What is recorded of a request to the API; nil when nothing is.
    private func call(of request: ServiceRequest) -> AuditedCall? {
        guard let name = request.operationName else { return nil }
        let isByHand = request.intermediary != nil && Self.answers.contains(name)
        guard isByHand || Self.operations.contains(name), let shape = Operation.all[name]?.shape
        else { return nil }
        var call = AuditedCall(source: "states.amazonaws.com", name: name)
        if case .object(let members)? = try? JSONParser.parse(request.body, maximumDepth: 64) {
            call.parameters = AuditView.members(members, shape)
        }
        return call
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

    /// An answer; what belongs to the execution is told by its length.
    static func answer(_ value: JSONValue) -> JSONValue {
        guard case .object(var members) = value else { return value }
        for name in ["input", "output", "error", "cause"] {
            guard case .string(let text)? = members[name] else { continue }
            members[name] = .string("(\(text.utf8.count) bytes)")
        }
        return .object(members)
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
        case (.map(let shape, _), .object(let members)):
            .object(JSONObject(members.map { ($0.key, self.value($0.value, shape)) }))
        case (.string, .string), (.integer, .number), (.boolean, .bool):
            value
        default:
            .string("(of another type)")
        }
    }
}
