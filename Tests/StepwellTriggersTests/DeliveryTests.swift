import StepwellEngine
import StepwellHistory
import StepwellTriggers
import Testing

/// Deliveries as rows, and their names.
struct DeliveryTests {
    private func delivery() -> Delivery {
        var delivery = Delivery(
            id: DeliveryID.make(
                occurrence: "0b5c3a0e-0000-4000-8000-000000000001",
                target: ["default", "rule", "1"]
            ),
            target: DeliveryTarget(
                arn: "arn:aws:states:us-east-1:000000000000:stateMachine:m",
                roleARN: "arn:aws:iam::000000000000:role/r",
                event: Array(#"{"a":1}"#.utf8)
            ),
            input: Array(#"{"x":"\u00e9\"y"}"#.utf8),
            cause: "arn:aws:events:us-east-1:000000000000:rule/rule",
            time: Timestamp(milliseconds: 1_767_225_600_123)
        )
        delivery.due = delivery.time.advanced(byMilliseconds: 5_000)
        delivery.attempts = 3
        delivery.retryPolicy = RetryPolicy(
            maximumRetryAttempts: 0,
            maximumEventAgeInSeconds: 60
        )
        delivery.deadLetterARN = "arn:aws:sqs:us-east-1:000000000000:q"
        return delivery
    }

    @Test
    func rowsAreReadAsTheyWereWritten() {
        let delivery = delivery()
        #expect(Delivery(delivery.row) == delivery)
        let letter = DeadLetter(
            delivery,
            time: delivery.due,
            errorCode: "StateMachineDoesNotExist",
            errorMessage: "no such machine",
            condition: .notRetryable
        )
        #expect(DeadLetter(letter.row) == letter)
        #expect(TriggerKey.time(of: delivery.key) == delivery.due)
    }

    @Test
    func theOutboxIsInTheOrderOfDueTimes() {
        var late = delivery()
        late.due = late.due.advanced(byMilliseconds: 1)
        #expect(delivery().key.lexicographicallyPrecedes(late.key))
    }

    @Test
    func idsAreNamesThatFollowFromTheirCause() {
        let id = delivery().id
        #expect(id == delivery().id)
        #expect(throws: Never.self) { try NameRules.check(id) }
        #expect(id.utf8.count == 73)
        #expect(
            DeliveryID.uuid(of: ["ab", "c"]) != DeliveryID.uuid(of: ["a", "bc"])
        )
    }
}
