import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellReplay
import StepwellServer

/// One execution: what it is at any of its events, and how it came there.
extension ConsoleRoutes {
    /// Where it stands, as a tree of branches.
    func picture(_ parameters: ConsoleParameters) async throws -> ServiceResponse {
        let place = try Self.place(parameters)
        var request = PictureRequest()
        if let branch = try parameters.integer("branch", in: 0...Int(UInt32.max)) {
            request.branch = BranchID(UInt32(branch))
        }
        request.after = try parameters.integer("after", in: 0...Int.max)
        request.limit = try parameters.integer("limit", in: 1...1_000) ?? request.limit
        return try await view(parameters) { [request] views in
            try views.picture(at: place, request).json
        }
    }

    /// What has become of every state.
    func statuses(_ parameters: ConsoleParameters) async throws -> ServiceResponse {
        let place = try Self.place(parameters)
        return try await view(parameters) { try $0.statuses(at: place) }
    }

    /// The visits to a state.
    func visits(_ parameters: ConsoleParameters) async throws -> ServiceResponse {
        let place = try Self.place(parameters)
        var query = VisitQuery()
        query.state = parameters.text("state")
        query.index = try parameters.integer("index", in: 0...Int(Int32.max))
        query.after = Int64(try parameters.integer("after", in: 0...Int.max) ?? 0)
        query.limit = try parameters.integer("limit", in: 1...1_000) ?? query.limit
        if let text = parameters.text("status") {
            query.isRetrying = text == "retrying"
            query.status = VisitStatus(rawValue: text)
            guard query.isRetrying || query.status != nil else {
                throw ConsoleRefusal.invalid("No visit has the status '\(text)'.")
            }
        }
        return try await view(parameters) { [query] in try $0.visits(query, at: place) }
    }

    /// One visit, with the stages of its data flow.
    func visit(_ parameters: ConsoleParameters) async throws -> ServiceResponse {
        let place = try Self.place(parameters)
        guard let event = try parameters.integer("event", in: 1...Int.max) else {
            throw ConsoleRefusal.invalid("The parameter 'event' is required.")
        }
        return try await view(parameters) { try $0.visit(enteredBy: Int64(event), at: place) }
    }

    /// Its events, each with the state that it belongs to.
    func events(_ parameters: ConsoleParameters) async throws -> ServiceResponse {
        var query = EventQuery()
        query.type = parameters.text("type")
        query.state = parameters.text("state")
        query.isReversed = parameters.flag("reverse")
        query.after = Int64(try parameters.integer("after", in: 0...Int.max) ?? 0)
        let limit = try parameters.integer("limit", in: 1...1_000) ?? 100
        let text = parameters.text("text")
        return try await view(parameters) { [query] in
            try $0.events(query, containing: text, limit: limit)
        }
    }

    /// What was under way when, as spans of time.
    func timeline(_ parameters: ConsoleParameters) async throws -> ServiceResponse {
        var query = TimelineQuery()
        query.from = try parameters.time("from")
        query.to = try parameters.time("to")
        query.state = parameters.text("state")
        query.after = Int64(try parameters.integer("after", in: 0...Int.max) ?? 0)
        query.limit = try parameters.integer("limit", in: 1...5_000) ?? query.limit
        return try await view(parameters) { [query] in try $0.timeline(query) }
    }

    private func view(
        _ parameters: ConsoleParameters,
        _ look: @escaping @Sendable (ExecutionViews) throws -> JSONObject
    ) async throws -> ServiceResponse {
        let isFull = parameters.flag("full")
        let text = try await engine.view(ofExecution: parameters.required("arn")) { views in
            var views = views
            if isFull { views.payloadLimit = nil }
            return JSONWriter.write(.object(try look(views)))
        }
        return .console(text)
    }

    private static func place(_ parameters: ConsoleParameters) throws(ServiceError) -> ReplayPlace?
    {
        guard let text = parameters.text("at") else { return nil }
        return try place(text)
    }

    /// The place in a log that a text names.
    ///
    /// - Throws: `ValidationException` when it names none.
    static func place(_ text: String) throws(ServiceError) -> ReplayPlace {
        guard let place = ReplayPlace(text) else { throw noPlace }
        return place
    }

    static let noPlace = ConsoleRefusal.invalid(
        "The parameter 'at' must be an event ID, a record (r7) or a time."
    )
}
