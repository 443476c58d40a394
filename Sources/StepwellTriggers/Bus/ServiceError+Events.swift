package import StepwellEngine

extension ServiceError {
    static func noEventBus(_ name: String) -> ServiceError {
        ServiceError(
            code: "ResourceNotFoundException",
            message: "Event bus \(name) does not exist."
        )
    }

    static func noRule(_ name: String, of bus: String) -> ServiceError {
        ServiceError(
            code: "ResourceNotFoundException",
            message: "Rule \(name) does not exist on EventBus \(bus)."
        )
    }

    /// What the configuration file defines is changed there.
    package static func definedByFile(_ what: String) -> ServiceError {
        ServiceError(
            code: "ManagedRuleException",
            message: "\(what) is defined by the configuration file: change it there."
        )
    }

    /// A pattern that cannot be used.
    package static func invalidPattern(_ error: EventPatternError) -> ServiceError {
        ServiceError(
            code: "InvalidEventPatternException",
            message: "Event pattern is not valid. Reason: \(error.reason)"
        )
    }

    /// A request that cannot be granted as it is.
    package static func invalidEventRequest(_ message: String) -> ServiceError {
        ServiceError(code: "ValidationException", message: message)
    }
}
