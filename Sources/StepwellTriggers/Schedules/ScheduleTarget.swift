package import StepwellJSON

/// What a schedule starts or sends to, as the API has it.
package struct ScheduleTarget: Sendable, Hashable {
    package var arn: String
    package var roleARN: String
    /// The text that the target is given; nil is a notice of the schedule.
    package var input: String?
    package var retryPolicy = RetryPolicy()
    /// The ARN of the queue that gets what could not be delivered.
    package var deadLetterARN: String?
    /// Of an event bus: what its event is called.
    package var event: EventParameters?

    /// `EventBridgeParameters`.
    package struct EventParameters: Sendable, Hashable {
        package var detailType: String
        package var source: String
    }

    /// Reads the API's `Target`; nil when it has no `Arn`.
    package init?(_ json: JSONValue) {
        guard let arn = json["Arn"]?.stringValue else { return nil }
        self.arn = arn
        roleARN = json["RoleArn"]?.stringValue ?? ""
        input = json["Input"]?.stringValue
        let policy = json["RetryPolicy"]
        retryPolicy = RetryPolicy(
            maximumRetryAttempts: policy?["MaximumRetryAttempts"]?.intValue,
            maximumEventAgeInSeconds: policy?["MaximumEventAgeInSeconds"]?.intValue
        )
        deadLetterARN = json["DeadLetterConfig"]?["Arn"]?.stringValue
        if let event = json["EventBridgeParameters"],
            let type = event["DetailType"]?.stringValue, let source = event["Source"]?.stringValue
        {
            self.event = EventParameters(detailType: type, source: source)
        }
    }

    /// The API's `Target`.
    package var json: JSONObject {
        var members: JSONObject = [
            "Arn": .string(arn),
            "RetryPolicy": [
                "MaximumEventAgeInSeconds":
                    .number(JSONNumber(Int64(retryPolicy.maximumEventAgeInSeconds))),
                "MaximumRetryAttempts":
                    .number(JSONNumber(Int64(retryPolicy.maximumRetryAttempts))),
            ],
            "RoleArn": .string(roleARN),
        ]
        members["Input"] = input.map { .string($0) }
        members["DeadLetterConfig"] = deadLetterARN.map { ["Arn": .string($0)] }
        members["EventBridgeParameters"] = event.map {
            ["DetailType": .string($0.detailType), "Source": .string($0.source)]
        }
        return members
    }
}
