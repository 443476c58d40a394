import Logging
import StepwellEngine
import StepwellHistory

/// What follows from an attempt to deliver.
struct DeliveryDecision: Sendable {
    private enum Consequence: Sendable {
        case none
        case also(@Sendable (inout TriggerBatch) -> Void)
        case again(Delivery)
        case dead(DeadLetter)
    }

    private let consequence: Consequence

    /// The longest wait between two attempts: 185 of them take a day, as EventBridge's do.
    private static let longestWait: Int64 = 480_000

    /// The consequence of an outcome; `jitter` spreads attempts that failed together.
    init(_ delivery: Delivery, _ outcome: DeliveryOutcome, at now: Timestamp, jitter: UInt8) {
        switch outcome {
        case .delivered: consequence = .none
        case .settled(let record): consequence = .also(record)
        case .refused(let error):
            consequence = .dead(Self.letter(delivery, error, .notRetryable, now))
        case .failed(let error):
            var again = delivery
            again.attempts += 1
            let policy = delivery.retryPolicy
            let wait = min(Self.longestWait, 1_000 << Int64(min(delivery.attempts, 10)))
            again.due = now.advanced(byMilliseconds: wait * 4 / 5 + wait * Int64(jitter) / 640)
            let end = delivery.time.advanced(
                byMilliseconds: Int64(policy.maximumEventAgeInSeconds) * 1_000
            )
            if again.attempts > policy.maximumRetryAttempts {
                consequence = .dead(Self.letter(delivery, error, .maximumRetryAttempts, now))
            } else if again.due > end {
                consequence = .dead(Self.letter(delivery, error, .maximumEventAge, now))
            } else {
                consequence = .again(again)
            }
        }
    }

    private static func letter(
        _ delivery: Delivery,
        _ error: ServiceError,
        _ condition: DeadLetter.Condition,
        _ now: Timestamp
    ) -> DeadLetter {
        var delivery = delivery
        delivery.attempts += 1
        return DeadLetter(
            delivery,
            time: now,
            errorCode: error.code.rawValue,
            errorMessage: error.message,
            condition: condition
        )
    }

    /// How the attempt was settled.
    var settled: SettledDelivery {
        switch consequence {
        case .none, .also: .delivered
        case .again: .retried
        case .dead: .dead
        }
    }

    /// Records what follows, besides that the delivery is not in the outbox as it was.
    func record(in batch: inout TriggerBatch, _ letters: DeadLetterBox) {
        switch consequence {
        case .none: return
        case .also(let record): record(&batch)
        case .again(let delivery): batch.deliver(delivery)
        case .dead(let letter):
            letters.add(letter, &batch)
            if let arn = letter.delivery.deadLetterARN {
                batch.deliver(letter.notice(to: arn))
            }
        }
    }

    /// Says that a delivery was given up.
    func log(to logger: Logger) {
        guard case .dead(let letter) = consequence else { return }
        logger.warning(
            "a trigger could not be delivered",
            metadata: [
                "cause": "\(letter.delivery.cause)", "target": "\(letter.delivery.target.arn)",
                "error": "\(letter.errorCode)", "message": "\(letter.errorMessage)",
                "attempts": "\(letter.delivery.attempts)",
            ]
        )
    }
}

extension DeadLetter {
    /// The letter, to be sent to a queue.
    fileprivate func notice(to queue: String) -> Delivery {
        var notice = Delivery(
            id: DeliveryID.make(occurrence: DeliveryID.uuid(of: [delivery.id]), target: [queue]),
            target: DeliveryTarget(arn: queue),
            input: delivery.target.event ?? delivery.input,
            cause: delivery.cause,
            time: time
        )
        notice.attributes = [
            .init(name: "RULE_ARN", value: delivery.cause),
            .init(name: "TARGET_ARN", value: delivery.target.arn),
            .init(name: "ERROR_CODE", value: errorCode),
            .init(name: "ERROR_MESSAGE", value: errorMessage),
            .init(name: "RETRY_ATTEMPTS", value: String(delivery.attempts - 1)),
            .init(name: "EXHAUSTED_RETRY_CONDITION", value: condition.rawValue),
        ]
        return notice
    }
}
