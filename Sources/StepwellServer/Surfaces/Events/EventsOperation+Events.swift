import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellTriggers

extension EventsOperation {
    static let events = [putEvents, testEventPattern]

    /// What the entries of a request may come to, in bytes ("Amazon EventBridge quotas").
    private static let requestBytes = 1 << 20

    private static let entry = ValueShape.structure([
        .optional("Time", .number(0...253_402_300_800)), .optional("Source", .string(0...256)),
        .optional("Resources", .list(of: .string(0...2048))),
        .optional("DetailType", .string(0...128)), .optional("Detail", .sensitive(0...Int.max)),
        .optional("EventBusName", .eventBus), .optional("TraceHeader", .string(1...500)),
    ])

    private static let putEvents = EventsOperation(
        "PutEvents",
        [
            .required("Entries", .list(of: entry, count: 1...10)),
            .unsupported("EndpointId", .string(1...50)),
        ]
    ) { fields, service async throws(ServiceError) in
        let entries = fields.structures("Entries").map { $0.eventEntry }
        guard entries.reduce(0, { $0 + $1.size }) <= requestBytes else {
            throw .invalidEventRequest(
                "Total size of the entries in the request is over the limit."
            )
        }
        let results = try await service.putEvents(entries)
        let answers = results.map { result in
            var answer = ResponseFields()
            switch result {
            case .success(let id): answer.add("EventId", id)
            case .failure(let error):
                answer.add("ErrorCode", error.code.rawValue)
                answer.add("ErrorMessage", error.message)
            }
            return answer
        }
        var answer = ResponseFields()
        answer.add(
            "FailedEntryCount",
            results.count { if case .failure = $0 { true } else { false } }
        )
        answer.add("Entries", answers)
        return answer.finished()
    }

    /// What an event has to have to be tried ("TestEventPattern", API reference).
    private static let mandatory = ["id", "account", "source", "time", "region", "detail-type"]

    private static let testEventPattern = EventsOperation(
        "TestEventPattern",
        [
            .required("EventPattern", .string(0...4096)),
            .required("Event", .sensitive(0...Int.max)),
        ],
        isAudited: false
    ) { fields, _ async throws(ServiceError) in
        let pattern: EventPattern
        do throws(EventPatternError) {
            pattern = try EventPattern(parsing: fields.required("EventPattern"))
        } catch {
            throw .invalidPattern(error)
        }
        let text = Array(fields.required("Event").utf8)
        guard case .object(let event)? = try? JSONParser.parse(text, maximumDepth: 1_000),
            mandatory.allSatisfy({ event[$0] != nil })
        else { throw .invalidEventRequest("Parameter Event is not valid.") }
        var answer = ResponseFields()
        answer.add("Result", pattern.matches(FlatEvent(event)))
        return answer.finished()
    }
}

extension RequestFields {
    /// The entry of PutEvents that a structure is.
    fileprivate var eventEntry: EventEntry {
        var entry = EventEntry()
        entry.source = string("Source")
        entry.detailType = string("DetailType")
        entry.detail = string("Detail")
        entry.resources = strings("Resources")
        entry.time = number("Time").map { Timestamp(milliseconds: Int64($0 * 1_000)) }
        entry.bus = bus()
        entry.traceHeader = string("TraceHeader")
        return entry
    }
}
