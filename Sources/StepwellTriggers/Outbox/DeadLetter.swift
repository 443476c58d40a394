package import StepwellEngine
package import StepwellHistory
package import StepwellJSON

/// A delivery that was given up, with the reason: it stays until it is redriven or deleted.
package struct DeadLetter: Sendable, Hashable {
    /// What could not be delivered.
    package var delivery: Delivery
    /// When it was given up.
    package var time: Timestamp
    /// Why the last attempt failed, by AWS's name of the exception.
    package var errorCode: String
    /// The same in words.
    package var errorMessage: String
    /// What ended the attempts, as EventBridge tells a queue in `EXHAUSTED_RETRY_CONDITION`.
    package var condition: Condition

    /// What ends the attempts.
    package enum Condition: String, Sendable, Hashable {
        /// It was tried as often as its policy has it.
        case maximumRetryAttempts = "MaximumRetryAttempts"
        /// It is older than its policy has it.
        case maximumEventAge = "MaximumEventAgeInSeconds"
        /// Trying again cannot help: the target does not exist, or does not take the input.
        case notRetryable = "NotRetryable"
    }

    package init(
        _ delivery: Delivery,
        time: Timestamp,
        errorCode: String,
        errorMessage: String,
        condition: Condition
    ) {
        self.delivery = delivery
        self.time = time
        self.errorCode = errorCode
        self.errorMessage = errorMessage
        self.condition = condition
    }

    /// Its place among the dead letters: by the time at which it became one.
    package var key: [UInt8] { TriggerKey.moment(time, delivery.id) }

    /// Its row.
    package var row: TriggerRow {
        TriggerRow(.deadLetter, key: key, value: JSONWriter.write(.object(json)))
    }

    /// What is written of it.
    package var json: JSONObject {
        [
            "delivery": .object(delivery.json),
            "time": .number(JSONNumber(time.milliseconds)),
            "errorCode": .string(errorCode), "errorMessage": .string(errorMessage),
            "condition": .string(condition.rawValue),
        ]
    }

    /// Reads its row; nil when it holds no dead letter.
    package init?(_ row: TriggerRow) {
        guard let json = try? JSONParser.parse(row.value),
            let delivery = json["delivery"].flatMap({ Delivery($0) }),
            let time = json["time"]?.intValue, let code = json["errorCode"]?.stringValue,
            let message = json["errorMessage"]?.stringValue,
            let condition = json["condition"]?.stringValue.flatMap(Condition.init(rawValue:))
        else { return nil }
        self.init(
            delivery,
            time: Timestamp(milliseconds: Int64(time)),
            errorCode: code,
            errorMessage: message,
            condition: condition
        )
    }
}
