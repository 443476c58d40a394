import StepwellEngine
import StepwellJSON
import StepwellTriggers

/// A request to EventBridge Scheduler's REST interface: its members are in the path, the query and
/// the body.
struct SchedulerRequest {
    private let request: ServiceRequest
    private let first: String
    /// What is behind the name in front, decoded; nil when there is nothing.
    private let rest: String?

    /// Takes the path apart; nil when it is not of this interface.
    init?(_ request: ServiceRequest) {
        let path = request.pathAndQuery.path.utf8.dropFirst()
        let first = String(Substring(path.prefix { $0 != UInt8(ascii: "/") }))
        guard ["schedules", "schedule-groups", "tags"].contains(first) else { return nil }
        let rest = path.dropFirst(first.utf8.count + 1)
        self.request = request
        self.first = first
        self.rest = rest.isEmpty ? nil : PercentEncoding.decode(rest)
    }

    /// The operation; nil when there is none of this path and method.
    var operation: SchedulerOperation? {
        SchedulerOperation.all.first { operation in
            let parts = operation.path.parts
            return operation.method == request.method && parts.first == first
                && (parts.member == nil) == (rest == nil)
        }
    }

    /// The members of the request.
    ///
    /// - Throws: `SerializationException`, `ValidationException`.
    func members(of operation: SchedulerOperation) throws(ServiceError) -> JSONObject {
        var members: JSONObject = [:]
        if request.method == "POST" || request.method == "PUT" {
            members = try Self.members(inBody: request.body)
        }
        for (name, value) in QueryParameters(request.pathAndQuery.query).all {
            guard let member = Self.query[name] else {
                throw .notValid("The query parameter '\(name)' is not known here.")
            }
            switch member {
            case "MaxResults":
                guard let number = Int64(value) else {
                    throw RequestValidator.serialization(
                        "'\(value)' at 'MaxResults' can not be converted to an Integer"
                    )
                }
                members[member] = .number(JSONNumber(number))
            case "TagKeys":
                members[member] = .array((members[member]?.arrayValue ?? []) + [.string(value)])
            default: members[member] = .string(value)
            }
        }
        if let member = operation.path.parts.member, let rest { members[member] = .string(rest) }
        return members
    }

    /// What the parameters of queries are called, and the members that they are.
    private static let query = [
        "clientToken": "ClientToken", "groupName": "GroupName", "ScheduleGroup": "GroupName",
        "MaxResults": "MaxResults", "NamePrefix": "NamePrefix", "NextToken": "NextToken",
        "State": "State", "TagKeys": "TagKeys",
    ]

    /// The members of a body; none of an empty one.
    ///
    /// - Throws: `SerializationException` when it is not a JSON object.
    static func members(inBody body: [UInt8]) throws(ServiceError) -> JSONObject {
        guard !body.isEmpty else { return [:] }
        let value: JSONValue
        do throws(JSONParseError) {
            value = try JSONParser.parseStructure(body, maximumDepth: 64)
        } catch {
            throw RequestValidator.unreadable(error)
        }
        guard case .object(let members) = value else {
            throw RequestValidator.serialization("The request must be a JSON object.")
        }
        return members
    }
}
