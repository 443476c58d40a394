package import StepwellEngine

/// Delivers to targets of some kind.
package protocol DeliveryPerformer: Sendable {
    /// Whether a target is of its kind.
    func takes(_ arn: String) -> Bool

    /// Delivers once; it may have been delivered before without that being known.
    func perform(_ delivery: Delivery) async -> DeliveryOutcome
}

/// What an attempt to deliver came to.
package enum DeliveryOutcome: Sendable {
    case delivered
    /// It is delivered by what is committed together with its end.
    case settled(@Sendable (inout TriggerBatch) -> Void)
    /// It failed; trying again may help.
    case failed(ServiceError)
    /// It failed, and trying again cannot help.
    case refused(ServiceError)
}

/// How an attempt to deliver was settled.
enum SettledDelivery: Sendable {
    case delivered
    case retried
    case dead
}
