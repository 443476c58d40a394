package import StepwellHistory
package import StepwellJSON

/// A stretch of time in which a branch was in a state, or a part of it.
package struct TimelineSpan: Sendable {
    /// The way to the branch.
    package let path: String
    package let state: String
    /// The event that entered the state, of a part the newest one when it began.
    package let event: EventID
    /// The visit that it is, or is part of.
    package let visit: EventID
    /// `state`, or what part it is.
    package let kind: String
    package let status: String
    package let start: Timestamp
    /// Nil while it is under way.
    package let end: Timestamp?
    /// When it ends at the latest, of a wait or a rest that is under way.
    package let due: Timestamp?
    package let error: String?
    package let childARN: String?

    /// The span as a JSON object.
    package var json: JSONObject {
        var object = JSONObject()
        object["path"] = .string(path)
        object["state"] = .string(state)
        object["event"] = .number(JSONNumber(event))
        object["visitId"] = .number(JSONNumber(visit))
        object["kind"] = .string(kind)
        object["status"] = .string(status)
        object["start"] = .string(start.rfc3339)
        object["end"] = end.map { .string($0.rfc3339) }
        object["due"] = due.map { .string($0.rfc3339) }
        object["error"] = error.map { .string($0) }
        object["childArn"] = childARN.map { .string($0) }
        return object
    }
}
