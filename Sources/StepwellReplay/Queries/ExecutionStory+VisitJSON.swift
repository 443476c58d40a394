import StepwellHistory
import StepwellInterpreter
package import StepwellJSON
import StepwellLanguage

extension ExecutionStory {
    /// A visit as a JSON object; its payloads are given by those who read them.
    package func json(
        of visit: StateVisit,
        input: PicturedPayload? = nil,
        output: PicturedPayload? = nil
    ) -> JSONObject {
        let state = definition[visit.state]
        var object = JSONObject()
        object["visitId"] = .number(JSONNumber(visit.enteredEventID))
        object["state"] = .string(state.name)
        object["type"] = .string(state.kind.typeName)
        object["path"] = .string(path(of: visit.branch))
        object["branch"] = .number(JSONNumber(Int64(visit.branch.rawValue)))
        object["index"] = index(of: visit.branch).map { .number(JSONNumber(Int64($0))) }
        object["status"] = .string(visit.isBackingOff ? "retrying" : visit.status.rawValue)
        object["enteredAt"] = .string(visit.enteredAt.rfc3339)
        object["exitedAt"] = visit.ended.map { .string($0.time.rfc3339) }
        object["exitedEventId"] = visit.ended.map { .number(JSONNumber($0.eventID)) }
        object["attempts"] = .number(JSONNumber(Int64(visit.attempts)))
        object["error"] = visit.failure?.error.map { .string($0) }
        object["cause"] = visit.failure?.cause.map { .string($0) }
        object.add("input", input)
        object.add("output", output)
        return object
    }
}
