package import StepwellHistory
package import StepwellJSON

/// An event that was received, ready to be matched.
package struct AcceptedEvent: Sendable {
    /// The event's id, a UUID.
    package let id: String
    package let json: JSONObject
    /// What patterns see of it.
    let flat: FlatEvent
    /// When it was received.
    let received: Timestamp
    /// The trace that it belongs to, as X-Ray writes it.
    package var traceHeader: String?
    /// The bus that another one has sent it to; such an event is not sent on to a third.
    package var isForwarded = false

    /// An event in EventBridge's form.
    package init(_ json: JSONObject, received: Timestamp) {
        id = json["id"]?.stringValue ?? ""
        self.json = json
        self.received = received
        flat = FlatEvent(json)
    }

    /// Which rules had a hand in the execution that the event tells of; nil when it tells of
    /// something else.
    var lineage: RuleLineage? {
        guard json["source"]?.stringValue == StatusChangeFeed.source else { return nil }
        return RuleLineage(traceHeader)
    }

    /// A field of the first level, as a key of indexes.
    func key(_ field: String) -> [UInt8]? {
        (json[field]?.stringValue).map { Array($0.utf8) }
    }
}
