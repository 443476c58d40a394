import StepwellHistory
import StepwellJSON

/// What the target of a schedule is given.
struct ScheduleInput {
    let scheduleARN: String
    let region: String
    let account: String
    /// The time of the expression.
    let time: Timestamp
    /// Names the occurrence.
    let id: String

    /// The text with what stands for the occurrence put in (EventBridge Scheduler User Guide,
    /// "Adding context attributes").
    func filled(_ text: String) -> String {
        Self.replacing(
            text,
            [
                "<aws.scheduler.schedule-arn>": scheduleARN,
                "<aws.scheduler.scheduled-time>": time.rfc3339Seconds,
                "<aws.scheduler.execution-id>": id,
                // What is tried again is given the same, so that it is the same execution.
                "<aws.scheduler.attempt-number>": "1",
            ]
        )
    }

    /// The text with something in every place that an occurrence fills.
    static func sample(_ text: String) -> String {
        ScheduleInput(
            scheduleARN: "a",
            region: "r",
            account: "0",
            time: Timestamp(milliseconds: 0),
            id: "i"
        ).filled(text)
    }

    /// What a target without an input is given: a notice of the schedule, as a scheduled rule's.
    var notice: JSONValue {
        event(type: "Scheduled Event", source: "aws.scheduler", detail: [:])
    }

    /// An event.
    func event(type: String, source: String, detail: JSONValue) -> JSONValue {
        [
            "version": "0", "id": .string(id), "detail-type": .string(type),
            "source": .string(source), "account": .string(account),
            "time": .string(time.rfc3339Seconds), "region": .string(region),
            "resources": [.string(scheduleARN)], "detail": detail,
        ]
    }

    private static func replacing(_ text: String, _ values: KeyValuePairs<String, String>) -> String
    {
        guard text.utf8.contains(UInt8(ascii: "<")) else { return text }
        var text = text
        for (key, value) in values {
            let pieces = text.split(separator: key, omittingEmptySubsequences: false)
            text = pieces.joined(separator: value)
        }
        return text
    }
}
