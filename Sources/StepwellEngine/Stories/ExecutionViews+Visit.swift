package import StepwellHistory
import StepwellInterpreter
package import StepwellJSON
package import StepwellReplay

/// One visit to a state, with its data flow.
extension ExecutionViews {
    /// The visit that an event began, with its variables, parts and the stages of its data flow:
    /// `{visitId, …, variables, spans, steps: [{name, value}]}`; as it was at a place (nil: now).
    package func visit(
        enteredBy event: EventID,
        at place: ReplayPlace? = nil
    ) throws -> JSONObject {
        let story = try story(at: place)
        guard let number = story.visit(enteredBy: event) else {
            throw ServiceError.invalidPlace("event \(event) enters no state")
        }
        let visit = story.visits[number]
        var events = EventLookup(store: store, execution: head.execution)
        var answer = try json(of: visit, in: story, &events)
        let entered = try self.story(at: .record(visit.enteredOrdinal))
        var variables = JSONObject()
        for variable in entered.state.variables(visibleFrom: visit.branch) {
            variables[variable.name] =
                PicturedPayload(variable.value, limit: payloadLimit).value
        }
        answer["variables"] = .object(variables)
        answer["spans"] = .array(spans(of: visit, in: story))
        let child = story.parts.last { $0.visit == number && $0.childARN != nil }
        answer["childArn"] = child?.childARN.map { .string($0) }
        if let input = try events.payload(at: visit.enteredOrdinal) {
            let flow = try flow(of: visit, numbered: number, in: story)
            answer["steps"] = .array(flow.steps(input: input, limit: payloadLimit))
            if flow.isPartial { answer["stepsArePartial"] = .bool(true) }
        }
        return answer
    }

    private func spans(of visit: StateVisit, in story: ExecutionStory) -> [JSONValue] {
        var query = TimelineQuery()
        query.after = visit.enteredEventID - 1
        query.limit = 1
        return story.timeline(query).spans.dropFirst().map { .object($0.json) }
    }

    /// Derives the turns again in which the visit's fields were evaluated: that of its entry, that
    /// of its newest attempt and that of its exit.
    private func flow(
        of visit: StateVisit,
        numbered number: Int,
        in story: ExecutionStory
    ) throws -> VisitFlow {
        var ordinals = [visit.enteredOrdinal]
        if let part = story.parts.last(where: { $0.visit == number && $0.kind != .backoff }) {
            ordinals.append(part.began.ordinal)
        }
        if let ended = visit.ended { ordinals.append(ended.ordinal) }
        var flow = VisitFlow(of: visit, in: story)
        var last = Ordinal(0)
        for ordinal in ordinals where ordinal > last {
            let stored = try store.readTurns(
                of: head.execution,
                ordinals: ordinal...ordinal,
                byteLimit: 1
            )
            guard let found = stored.first else { continue }
            let before =
                found.firstOrdinal == Ordinal(1)
                ? ExecutionState(execution: head.execution, definition: story.definition)
                : try self.story(at: .record(found.firstOrdinal.advanced(by: -1))).state
            let source = PayloadSource(store: store, execution: head.execution)
            let turn = try source.decode(found) { before.payload(at: $0) }
            flow.take(turn, from: before)
            last = turn.records.last?.ordinal ?? ordinal
        }
        return flow
    }
}
