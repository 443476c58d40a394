import StepwellHistory
import StepwellJSON

/// What `EventJSON` shows of one event type, over all samples of it.
struct Projection {
    /// The member that holds the details; nil when there are none.
    var key: String?
    /// The details' members.
    var members: Set<String>?
    /// The details' members when execution data is not asked for.
    var membersWithoutData: Set<String>?

    static let byType: [HistoryEventType: Projection] = {
        var table: [HistoryEventType: Projection] = [:]
        for body in Samples.events + Samples.fullerEvents {
            guard let type = body.type else { continue }
            var projection = table[type] ?? Projection()
            let event = HistoryEvent(
                id: 1,
                previousEventID: 0,
                timestamp: Samples.time,
                body: body
            )
            let object = EventJSON.object(for: event, includeExecutionData: true)
            let short = EventJSON.object(for: event, includeExecutionData: false)
            if let key = object.keys.first(where: { $0.hasSuffix("Details") }) {
                projection.key = key
                projection.members = (projection.members ?? []).union(Self.keys(object[key]))
                projection.membersWithoutData =
                    (projection.membersWithoutData ?? []).union(Self.keys(short[key]))
            }
            table[type] = projection
        }
        return table
    }()

    private static func keys(_ value: JSONValue?) -> [String] {
        guard case .object(let members)? = value else { return ["no object"] }
        return members.keys
    }
}
