import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellJSON
import StepwellReplay

/// What an execution is where a replay has ended.
struct ReplayedPicture {
    /// The picture, and beside it the members that tell the state in brief.
    let document: JSONObject
    /// The record where it ended.
    let record: JSONObject?
    let time: Timestamp

    /// Nil of a replayer that keeps no story.
    init?(_ replayer: Replayer, of head: ExecutionHead) {
        guard let story = replayer.story, var picture = story.picture(.whole) else { return nil }
        picture.place.lastEventID = head.lastEventID
        picture.place.lastRecord = head.lastOrdinal.rawValue
        var document = picture.json
        let state = story.state
        document["startTime"] = .string(state.startTime.rfc3339)
        document["time"] = .string(state.lastTime.rfc3339)
        document["stopTime"] = picture.stopDate.map { .string($0.rfc3339) }
        document["lastEventId"] = .number(JSONNumber(state.lastEventID))
        document["lastRecord"] = .number(JSONNumber(Int64(clamping: state.lastOrdinal.rawValue)))
        document["nextTimer"] = state.earliestTimer.map { .string($0.due.rfc3339) }
        let tasks = state.outstandingEffects().compactMap { effect -> JSONValue? in
            guard case .dispatch(let task, _) = effect else { return nil }
            return .object(
                JSONObject([
                    ("state", .string(task.stateName)), ("resource", .string(task.resource)),
                    ("scheduledEventId", .number(JSONNumber(task.scheduledEventID))),
                ])
            )
        }
        document["outstandingTasks"] = .array(tasks)
        self.document = document
        record = replayer.lastRecord.map(RecordDocument.object)
        time = state.lastTime
    }
}
