import StepwellHistory
import StepwellInterpreter
package import StepwellJSON
package import StepwellReplay

/// What can be seen of one execution: pictures, statuses, visits, events, its timeline; as JSON
/// objects, each as of what its log held when the views were made.
///
/// It reads in the thread that asks; the engine asks in its `ReadPool`.
package struct ExecutionViews: Sendable {
    let store: any EventStore
    private let teller: StoryTeller
    private let catalog: Catalog
    let head: ExecutionHead
    /// The bytes at which payloads are cut; nil for none.
    package var payloadLimit: Int? = 65_536

    /// About the bytes of one answer's payloads, after which a page ends.
    static let pageBytes = 4 << 20

    package init(
        of head: ExecutionHead,
        store: any EventStore,
        teller: StoryTeller,
        catalog: Catalog
    ) {
        self.head = head
        self.store = store
        self.teller = teller
        self.catalog = catalog
    }

    /// The picture of the execution at a place; nil: as it is now.
    package func picture(
        at place: ReplayPlace? = nil,
        _ request: PictureRequest = PictureRequest()
    ) throws -> ExecutionPicture {
        var request = request
        request.payloadLimit = payloadLimit
        let story = try story(at: place)
        if let branch = request.branch, !story.state.branches.contains(branch) {
            throw ServiceError.invalidPlace("there is no branch \(branch.rawValue) then")
        }
        guard var picture = story.picture(request) else {
            throw ServiceError.invalidPlace("the execution had not started then")
        }
        picture.place.lastEventID = head.lastEventID
        picture.place.lastRecord = head.lastOrdinal.rawValue
        return picture
    }

    /// What has become of every state, up to a place: `{at, states}`.
    package func statuses(at place: ReplayPlace? = nil) throws -> JSONObject {
        let story = try story(at: place)
        return JSONObject([
            ("executionArn", .string(story.state.start?.executionARN ?? "")),
            ("status", .string(story.state.status.rawValue)),
            ("at", .object(at(story))),
            ("states", .object(StateStatuses(of: story).json)),
        ])
    }

    /// Visits to a state with their payloads: `{visits, next?, total}`.
    package func visits(_ query: VisitQuery, at place: ReplayPlace? = nil) throws -> JSONObject {
        let story = try story(at: place)
        let page = story.visits(query)
        var events = EventLookup(store: store, execution: head.execution)
        var visits: [JSONValue] = []
        var next = page.next
        for visit in page.visits {
            guard events.bytesGiven < Self.pageBytes else {
                next = visits.isEmpty ? nil : visitID(of: visits.last)
                break
            }
            visits.append(.object(try json(of: visit, in: story, &events)))
        }
        var answer = JSONObject([("visits", .array(visits))])
        answer["next"] = next.map { .number(JSONNumber($0)) }
        answer["total"] = .number(JSONNumber(Int64(page.total)))
        return answer
    }

    private func visitID(of visit: JSONValue?) -> EventID? {
        guard case .object(let members)? = visit, case .number(let id)? = members["visitId"] else {
            return nil
        }
        return id.integer
    }

    /// The spans of a stretch of time: `{spans, next?}`.
    package func timeline(_ query: TimelineQuery) throws -> JSONObject {
        let story = try story()
        let page = story.timeline(query)
        var answer = JSONObject([
            ("start", .string(story.state.startTime.rfc3339)),
            ("spans", .array(page.spans.map { .object($0.json) })),
        ])
        if story.state.status != .running {
            answer["stop"] = story.state.stopTime.map { .string($0.rfc3339) }
        }
        answer["more"] = .bool(page.next != nil)
        answer["next"] = page.next.map { .number(JSONNumber($0)) }
        return answer
    }

    /// The story up to a place; nil: to the end.
    func story(at place: ReplayPlace? = nil) throws -> ExecutionStory {
        try teller.story(of: head, in: catalog, at: place)
    }

    /// A visit with what it was entered with and what it came to.
    func json(
        of visit: StateVisit,
        in story: ExecutionStory,
        _ events: inout EventLookup
    ) throws -> JSONObject {
        let input = try events.payload(at: visit.enteredOrdinal)
        let output = try visit.hasOutput ? events.payload(at: visit.ended?.ordinal) : nil
        return story.json(
            of: visit,
            input: input.map { PicturedPayload($0, limit: payloadLimit) },
            output: output.map { PicturedPayload($0, limit: payloadLimit) }
        )
    }

    private func at(_ story: ExecutionStory) -> JSONObject {
        JSONObject([
            ("eventId", .number(JSONNumber(story.moment.eventID))),
            ("record", .number(JSONNumber(Int64(clamping: story.moment.ordinal.rawValue)))),
            ("time", .string(story.moment.time.rfc3339)),
            ("lastEventId", .number(JSONNumber(head.lastEventID))),
            ("lastRecord", .number(JSONNumber(Int64(clamping: head.lastOrdinal.rawValue)))),
        ])
    }
}
