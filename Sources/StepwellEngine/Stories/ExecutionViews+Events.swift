import StepwellHistory
package import StepwellJSON
package import StepwellReplay

/// Events with the states that they belong to.
extension ExecutionViews {
    /// How many events are looked through for a text, at most, for one page.
    private static let looks = 5_000
    /// As much of a payload is shown even when the page is large already.
    private static let leastShown = 1_024

    /// The events that a query finds, in the API's form with `stateName` and `path`:
    /// `{events, next?, total}`; `total` is that of the query without the text.
    ///
    /// Payloads that are cut say so as AWS's do: `inputDetails.truncated`.
    ///
    /// - Parameters:
    ///   - query: Which events.
    ///   - text: What their JSON has to contain, in any case of letters; nil for anything.
    ///   - limit: How many are given.
    /// - Returns: A page, which is short when much had to be looked through.
    /// - Throws: `StoreError` or `ServiceError` when the log cannot be read.
    package func events(
        _ query: EventQuery,
        containing text: String? = nil,
        limit: Int = 100
    ) throws -> JSONObject {
        let story = try story()
        let ids = story.events(query)
        var lookup = EventLookup(store: store, execution: head.execution)
        let needle = text.map { $0.lowercased() }
        var found: [JSONValue] = []
        var (looks, room) = (0, Self.pageBytes)
        var next: EventID?
        var newest = query.after
        for id in ids where query.after == 0 || query.isBehind(id) {
            guard found.count < limit, looks < Self.looks else {
                next = newest
                break
            }
            looks += 1
            newest = id
            let ordinal = story.events[Int(id) - 1].ordinal
            guard let event = try lookup.event(at: ordinal) else { continue }
            var object = EventJSON.object(for: event, includeExecutionData: true)
            if let needle,
                !JSONWriter.string(.object(object)).lowercased().contains(needle)
            {
                continue
            }
            room -= object.cutPayloads(at: payloadLimit.map { min($0, max(Self.leastShown, room)) })
            if let owner = story.owner(of: id) {
                object["stateName"] = .string(owner.state)
                object["path"] = .string(owner.path)
            }
            found.append(.object(object))
        }
        var answer = JSONObject([("events", .array(found))])
        answer["next"] = next.map { .number(JSONNumber($0)) }
        answer["total"] = .number(JSONNumber(Int64(ids.count)))
        return answer
    }
}

extension EventQuery {
    /// Whether an event is behind the one after which the page begins.
    fileprivate func isBehind(_ id: EventID) -> Bool { isReversed ? id < after : id > after }
}

extension JSONObject {
    /// Cuts the payloads of an event that are longer than a number of bytes (nil: none); gives how
    /// many bytes are left of them.
    fileprivate mutating func cutPayloads(at limit: Int?) -> Int {
        var bytes = 0
        for (key, value) in self where key.hasSuffix("EventDetails") {
            guard var details = value.objectValue else { continue }
            for name in ["input", "output", "parameters"] {
                guard let text = details[name]?.stringValue else { continue }
                bytes += Swift.min(text.utf8.count, limit ?? .max)
                guard let limit, text.utf8.count > limit else { continue }
                let cut = PicturedPayload(Payload(text: Array(text.utf8)), limit: limit)
                details[name] = .string(cut.text)
                details[name + "Details"] = .object(["truncated": true])
            }
            self[key] = .object(details)
        }
        return bytes
    }
}
