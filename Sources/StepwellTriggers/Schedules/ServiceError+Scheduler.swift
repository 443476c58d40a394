package import StepwellEngine

extension ServiceError {
    static func scheduleExists(_ name: String) -> ServiceError {
        ServiceError(code: "ConflictException", message: "Schedule \(name) already exists.")
    }

    static func scheduleNotFound(_ name: String) -> ServiceError {
        ServiceError(
            code: "ResourceNotFoundException",
            message: "Schedule \(name) does not exist."
        )
    }

    static func scheduleGroupExists(_ name: String) -> ServiceError {
        ServiceError(code: "ConflictException", message: "Schedule group \(name) already exists.")
    }

    /// There is no group of the name.
    package static func scheduleGroupNotFound(_ name: String) -> ServiceError {
        ServiceError(
            code: "ResourceNotFoundException",
            message: "Schedule group \(name) does not exist."
        )
    }

    static func scheduleGroupDeleting(_ name: String) -> ServiceError {
        ServiceError(
            code: "ConflictException",
            message: "Schedule group \(name) is being deleted."
        )
    }

    /// A schedule, route or key that the configuration file defines.
    static func ownedByFile(_ what: String) -> ServiceError {
        ServiceError(
            code: "ConflictException",
            message: "\(what) is defined by the configuration file: change it there."
        )
    }

    static func tokenUsed(_ token: String) -> ServiceError {
        ServiceError(
            code: "ConflictException",
            message: "The client token \(token) was used for another request."
        )
    }

    /// What a request says is not valid.
    package static func notValid(_ message: String) -> ServiceError {
        ServiceError(code: "ValidationException", message: message)
    }
}
