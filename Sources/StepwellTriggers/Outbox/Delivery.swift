package import StepwellHistory

/// Something that has to reach its target, once: a row of the outbox.
package struct Delivery: Sendable, Hashable {
    /// Names it, and with it the execution that it starts, however often that is tried.
    ///
    /// What makes a delivery makes its id from what caused it, so that it is the same when that is
    /// seen again; see ``DeliveryID``.
    package let id: String
    /// What is started or sent to.
    package var target: DeliveryTarget
    /// What the target is given: JSON text.
    package var input: [UInt8]
    /// What caused it, for people: the ARN of the rule or schedule.
    package var cause: String
    /// When it was caused; its age counts from then.
    package var time: Timestamp
    /// When it is tried next.
    package var due: Timestamp
    /// How often it was tried.
    package var attempts = 0
    package var retryPolicy = RetryPolicy()
    /// Where it goes when it cannot be delivered, besides the dead letters here: a queue's ARN.
    package var deadLetterARN: String?
    /// The trace that it belongs to, as X-Ray writes it.
    package var traceHeader: String?
    /// What is told besides, of a message to a queue.
    package var attributes: [Attribute] = []

    /// Something told besides the message.
    package struct Attribute: Sendable, Hashable {
        package let name: String
        package let value: String
    }

    /// A delivery that is due at once.
    package init(
        id: String,
        target: DeliveryTarget,
        input: [UInt8],
        cause: String,
        time: Timestamp
    ) {
        self.id = id
        self.target = target
        self.input = input
        self.cause = cause
        self.time = time
        due = time
    }

    /// Its place in the outbox: by the time at which it is due.
    package var key: [UInt8] { TriggerKey.moment(due, id) }
}

/// What a delivery reaches.
package struct DeliveryTarget: Sendable, Hashable {
    /// A state machine, version, alias, event bus, or what the server's AWS client can send to.
    package var arn: String
    /// The role that the target is reached as, where it was given.
    package var roleARN: String?
    /// The event that is sent on, when the target is an event bus.
    package var event: [UInt8]?

    package init(arn: String, roleARN: String? = nil, event: [UInt8]? = nil) {
        self.arn = arn
        self.roleARN = roleARN
        self.event = event
    }
}
