import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellReplay

/// This product's own operations on one execution, Standard or Express: what it is at any event of
/// its history, and how it came to that.
extension Operation {
    /// Every active branch and iteration as a tree, with state, input, variables, retries, and what
    /// it waits for since when; `at` is an event's id, a record's ordinal (`r17`) or a time.
    static let describeExecutionState = Operation(
        "DescribeExecutionState",
        [
            .required("executionArn", .arn), .optional("at", .place),
            .optional("branch", .integer(0...Int64(UInt32.max))),
            .optional("after", .integer(-1...Int64(Int32.max))),
            .optional("maxChildren", .integer(0...1_000)), .optional("full", .boolean),
        ]
    ) { fields, engine in
        let place = try fields.place("at")
        var request = PictureRequest()
        request.branch = fields.integer("branch").map { BranchID(UInt32(clamping: $0)) }
        request.after = fields.integer("after")
        if let limit = fields.integer("maxChildren") { request.limit = limit }
        return try await fields.view(in: engine) { [request] views in
            try views.picture(at: place, request).json
        }
    }

    /// What has become of every state, up to `at`.
    static let describeStateStatuses = Operation(
        "DescribeStateStatuses",
        [.required("executionArn", .arn), .optional("at", .place)]
    ) { fields, engine in
        let place = try fields.place("at")
        return try await fields.view(in: engine) { try $0.statuses(at: place) }
    }

    /// The visits to a state, a page of them.
    static let listStateVisits = Operation(
        "ListStateVisits",
        [
            .required("executionArn", .arn), .optional("state", .string(1...80)),
            .optional(
                "status",
                .oneOf(
                    "running",
                    "retrying",
                    "succeeded",
                    "failed",
                    "caught",
                    "aborted",
                    "timedOut"
                )
            ),
            .optional("index", .integer(0...Int64(Int32.max))), .optional("after", .eventID),
            .optional("maxResults", .pageSize), .optional("at", .place),
            .optional("full", .boolean),
        ]
    ) { fields, engine in
        let place = try fields.place("at")
        var query = VisitQuery()
        query.state = fields.string("state")
        query.status = fields.string("status").flatMap { VisitStatus(rawValue: $0) }
        query.isRetrying = fields.string("status") == "retrying"
        query.index = fields.integer("index")
        query.after = fields.eventID("after")
        query.limit = fields.pageSize
        return try await fields.view(in: engine) { [query] in try $0.visits(query, at: place) }
    }

    /// One visit, named by the event that entered the state, with the stages of its data flow.
    static let describeStateVisit = Operation(
        "DescribeStateVisit",
        [
            .required("executionArn", .arn), .required("visitId", .eventID),
            .optional("at", .place), .optional("full", .boolean),
        ]
    ) { fields, engine in
        let event = fields.eventID("visitId")
        let place = try fields.place("at")
        return try await fields.view(in: engine) { try $0.visit(enteredBy: event, at: place) }
    }

    /// The events that are of a type, belong to a state or contain a text, a page of them.
    static let listExecutionEvents = Operation(
        "ListExecutionEvents",
        [
            .required("executionArn", .arn), .optional("type", .string(1...80)),
            .optional("state", .string(1...80)), .optional("text", .string(1...1_024)),
            .optional("after", .eventID), .optional("maxResults", .pageSize),
            .optional("reverseOrder", .boolean),
        ]
    ) { fields, engine in
        var query = EventQuery()
        query.type = fields.string("type")
        query.state = fields.string("state")
        query.after = fields.eventID("after")
        query.isReversed = fields.boolean("reverseOrder") ?? false
        let (text, limit) = (fields.string("text"), fields.pageSize)
        return try await fields.view(in: engine) { [query] in
            try $0.events(query, containing: text, limit: limit)
        }
    }

    /// When branches were in which states, with attempts, waits and rests before retries.
    static let getExecutionTimeline = Operation(
        "GetExecutionTimeline",
        [
            .required("executionArn", .arn), .optional("from", .place), .optional("to", .place),
            .optional("state", .string(1...80)), .optional("after", .eventID),
            .optional("maxResults", .integer(0...10_000)),
        ]
    ) { fields, engine in
        var query = TimelineQuery()
        query.from = try fields.time("from")
        query.to = try fields.time("to")
        query.state = fields.string("state")
        query.after = fields.eventID("after")
        if let limit = fields.integer("maxResults"), limit > 0 { query.limit = limit }
        return try await fields.view(in: engine) { [query] in try $0.timeline(query) }
    }
}

extension ValueShape {
    /// An event's id, a record's ordinal or a time.
    fileprivate static let place = string(1...64)
    fileprivate static let eventID = integer(0...Int64.max)
}

extension RequestFields {
    /// A place in a log, when it was given.
    fileprivate func place(_ name: String) throws(ServiceError) -> ReplayPlace? {
        guard let text = string(name) else { return nil }
        guard let place = ReplayPlace(text) else {
            throw ServiceError(
                code: "ValidationException",
                message: "'\(text)' at '\(name)' is not an event ID, a record (r17) or a time."
            )
        }
        return place
    }

    /// A time, when it was given.
    fileprivate func time(_ name: String) throws(ServiceError) -> Timestamp? {
        guard let place = try place(name) else { return nil }
        guard case .time(let time) = place else {
            throw ServiceError(
                code: "ValidationException",
                message: "'\(place.text)' at '\(name)' is not a time."
            )
        }
        return time
    }

    fileprivate func eventID(_ name: String) -> EventID { EventID(integer(name) ?? 0) }

    fileprivate var pageSize: Int {
        let size = integer("maxResults") ?? 0
        return size == 0 ? 100 : size
    }

    /// What a look at the execution of the request gives, as JSON text.
    fileprivate func view(
        in engine: Engine,
        _ look: @escaping @Sendable (ExecutionViews) throws -> JSONObject
    ) async throws -> [UInt8] {
        let isFull = boolean("full") ?? false
        return try await engine.view(ofExecution: required("executionArn")) { views in
            var views = views
            if isFull { views.payloadLimit = nil }
            return JSONWriter.write(.object(try look(views)))
        }
    }
}
