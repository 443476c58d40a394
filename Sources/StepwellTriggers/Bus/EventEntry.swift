import StepwellEngine
package import StepwellHistory
import StepwellJSON

/// An entry of PutEvents.
package struct EventEntry: Sendable, Hashable {
    package var source: String?
    package var detailType: String?
    /// JSON text.
    package var detail: String?
    package var resources: [String] = []
    package var time: Timestamp?
    /// The bus's name.
    package var bus = EventBus.defaultName
    package var traceHeader: String?

    package init() {}

    /// What it counts towards the limit, in bytes ("Calculating PutEvents event entry size").
    package var size: Int {
        (time == nil ? 0 : 14) + (source?.utf8.count ?? 0) + (detailType?.utf8.count ?? 0)
            + (detail?.utf8.count ?? 0) + resources.reduce(0) { $0 + $1.utf8.count }
    }

    /// The event that the entry makes, or why it makes none.
    func accepted(
        id: String,
        now: Timestamp,
        _ settings: TriggerSettings
    ) -> Result<AcceptedEvent, ServiceError> {
        for (name, value) in [("Source", source), ("DetailType", detailType), ("Detail", detail)]
        where value?.isEmpty ?? true {
            return .failure(
                ServiceError(
                    code: "InvalidArgument",
                    message: "Parameter \(name) is not valid. Reason: \(name) is a required "
                        + "argument."
                )
            )
        }
        if source?.utf8.starts(with: "aws.".utf8) ?? false {
            return .failure(
                ServiceError(
                    code: "NotAuthorizedForSourceException",
                    message: "Not authorized for the source."
                )
            )
        }
        let parsed = try? JSONParser.parse(Array((detail ?? "").utf8), maximumDepth: 1_000)
        guard case .object(let members)? = parsed else {
            return .failure(ServiceError(code: "MalformedDetail", message: "Detail is malformed."))
        }
        var event = AcceptedEvent(
            [
                "version": "0", "id": .string(id), "detail-type": .string(detailType ?? ""),
                "source": .string(source ?? ""), "account": .string(settings.account),
                "time": .string((time ?? now).rfc3339Seconds),
                "region": .string(settings.region),
                "resources": .array(resources.map { .string($0) }), "detail": .object(members),
            ],
            received: now
        )
        event.traceHeader = traceHeader
        return .success(event)
    }
}
