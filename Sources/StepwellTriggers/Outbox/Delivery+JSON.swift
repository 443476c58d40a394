package import StepwellEngine
import StepwellHistory
package import StepwellJSON

extension Delivery {
    /// The row of the outbox.
    package var row: TriggerRow {
        TriggerRow(.delivery, key: key, value: JSONWriter.write(.object(json)))
    }

    /// What is written of it.
    package var json: JSONObject {
        var members: JSONObject = [
            "id": .string(id), "target": .string(target.arn), "cause": .string(cause),
            "time": .number(JSONNumber(time.milliseconds)),
            "due": .number(JSONNumber(due.milliseconds)),
            "attempts": .number(JSONNumber(Int64(attempts))),
            "maximumRetryAttempts": .number(JSONNumber(Int64(retryPolicy.maximumRetryAttempts))),
            "maximumEventAgeInSeconds":
                .number(JSONNumber(Int64(retryPolicy.maximumEventAgeInSeconds))),
            "input": .string(String(decoding: input, as: UTF8.self)),
        ]
        members["roleArn"] = target.roleARN.map { .string($0) }
        members["event"] = target.event.map { .string(String(decoding: $0, as: UTF8.self)) }
        members["deadLetterArn"] = deadLetterARN.map { .string($0) }
        members["traceHeader"] = traceHeader.map { .string($0) }
        if !attributes.isEmpty {
            members["attributes"] = .object(
                JSONObject(attributes.map { ($0.name, .string($0.value)) })
            )
        }
        return members
    }

    /// Reads what `json` wrote; nil when it is something else.
    package init?(_ json: JSONValue) {
        guard let id = json["id"]?.stringValue, let arn = json["target"]?.stringValue,
            let input = json["input"]?.stringValue, let cause = json["cause"]?.stringValue,
            let time = json["time"]?.intValue, let due = json["due"]?.intValue,
            let attempts = json["attempts"]?.intValue
        else { return nil }
        self.init(
            id: id,
            target: DeliveryTarget(
                arn: arn,
                roleARN: json["roleArn"]?.stringValue,
                event: (json["event"]?.stringValue).map { Array($0.utf8) }
            ),
            input: Array(input.utf8),
            cause: cause,
            time: Timestamp(milliseconds: Int64(time))
        )
        self.due = Timestamp(milliseconds: Int64(due))
        self.attempts = attempts
        retryPolicy = RetryPolicy(
            maximumRetryAttempts: json["maximumRetryAttempts"]?.intValue,
            maximumEventAgeInSeconds: json["maximumEventAgeInSeconds"]?.intValue
        )
        deadLetterARN = json["deadLetterArn"]?.stringValue
        traceHeader = json["traceHeader"]?.stringValue
        attributes = (json["attributes"]?.objectValue ?? [:]).map {
            Attribute(name: $0.key, value: $0.value.stringValue ?? "")
        }
    }

    /// Reads a row of the outbox; nil when it holds no delivery.
    package init?(_ row: TriggerRow) {
        guard let json = try? JSONParser.parse(row.value) else { return nil }
        self.init(json)
    }
}
