import StepwellEngine

/// What the console refuses by itself.
enum ConsoleRefusal {
    static let unauthorized = ServiceError(
        code: "UnauthorizedException",
        message: "Sign in first: the session is missing or has ended."
    )

    static let wrongKey = ServiceError(
        code: "UnauthorizedException",
        message: "No such access key, or its secret is wrong."
    )

    static let tooManyAttempts = ServiceError(
        code: "TooManyRequestsException",
        message: "Too many attempts to sign in; wait a minute."
    )

    static func foreign(_ message: String) -> ServiceError {
        ServiceError(code: "ForbiddenException", message: message)
    }

    static func notFound(_ what: String) -> ServiceError {
        ServiceError(code: "NotFound", message: "The console has nothing at '\(what)'.")
    }

    static func method(_ method: String, _ allowed: String) -> ServiceError {
        ServiceError(
            code: "MethodNotAllowed",
            message: "\(method) is not allowed here; use \(allowed)."
        )
    }

    static func invalid(_ message: String) -> ServiceError {
        ServiceError(code: "ValidationException", message: message)
    }
}
