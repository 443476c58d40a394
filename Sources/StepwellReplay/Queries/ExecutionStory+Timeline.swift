import StepwellHistory
import StepwellInterpreter
import StepwellLanguage

extension ExecutionStory {
    /// The spans of a stretch of time: each visit is followed by its parts.
    package func timeline(_ query: TimelineQuery) -> TimelinePage {
        var page = TimelinePage()
        let wanted = query.state.flatMap { definition.index(ofState: $0) }
        if query.state != nil, wanted == nil { return page }
        let parts = partsByVisit()
        for (place, visit) in visits.enumerated() where visit.enteredEventID > query.after {
            if let to = query.to, visit.enteredAt > to { break }
            if let from = query.from, let ended = visit.ended, ended.time < from { continue }
            if let wanted, visit.state != wanted { continue }
            let own = parts[place] ?? []
            guard page.spans.isEmpty || page.spans.count + 1 + own.count <= query.limit else {
                page.next = page.spans.last?.visit
                return page
            }
            let path = path(of: visit.branch)
            page.spans.append(span(of: visit, path))
            for part in own { page.spans.append(span(of: self.parts[part], of: visit, path)) }
        }
        return page
    }

    private func partsByVisit() -> [Int: [Int]] {
        var places: [Int: [Int]] = [:]
        for (place, part) in parts.enumerated() { places[part.visit, default: []].append(place) }
        return places
    }

    private func span(of visit: StateVisit, _ path: String) -> TimelineSpan {
        TimelineSpan(
            path: path,
            state: definition[visit.state].name,
            event: visit.enteredEventID,
            visit: visit.enteredEventID,
            kind: "state",
            status: visit.isBackingOff ? "retrying" : visit.status.rawValue,
            start: visit.enteredAt,
            end: visit.ended?.time,
            due: nil,
            error: visit.failure?.error,
            childARN: nil
        )
    }

    private func span(of part: VisitPart, of visit: StateVisit, _ path: String) -> TimelineSpan {
        TimelineSpan(
            path: path,
            state: definition[visit.state].name,
            event: part.began.eventID,
            visit: visit.enteredEventID,
            kind: part.kind.rawValue,
            status: part.status.rawValue,
            start: part.began.time,
            end: part.ended?.time,
            due: part.ended == nil ? part.due : nil,
            error: part.error,
            childARN: part.childARN
        )
    }
}
