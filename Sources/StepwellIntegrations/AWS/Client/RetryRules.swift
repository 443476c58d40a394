/// Which failed calls are made again, and when: the rules of the SDKs' standard mode.
struct RetryRules: Sendable {
    /// How many times a call is made at most.
    var maximumAttempts = 3

    /// The longest time between two attempts, in milliseconds.
    private static let longestDelay = 20_000.0

    private static let throttling: Set = [
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException",
        "RequestThrottled", "TooManyRequestsException", "TooManyRequests",
        "ProvisionedThroughputExceededException", "TransactionInProgressException",
        "RequestLimitExceeded", "BandwidthLimitExceeded", "LimitExceededException", "SlowDown",
        "PriorRequestNotComplete", "EC2ThrottledException",
    ]

    private static let transient: Set = [
        "RequestTimeout", "RequestTimeoutException", "InternalError",
    ]

    /// Whether a call that failed so may succeed when it is made again.
    static func isTransient(_ fault: AWSFault) -> Bool {
        switch fault {
        case .service(let service):
            throttling.contains(service.code) || transient.contains(service.code)
                || [500, 502, 503, 504].contains(service.status)
        case .unreachable(_, let fault):
            switch fault {
            case .connection, .timeout: true
            case .url, .refused, .tooLarge, .cancelled: false
            }
        case .parameters, .credentials, .unserved, .unknownAction, .forbidden, .cancelled: false
        }
    }

    /// Whether the time of the signature may be to blame.
    static func isOfTime(_ fault: AWSFault) -> Bool {
        guard case .service(let service) = fault else { return false }
        return ofTime.contains(service.code)
    }

    private static let ofTime: Set = [
        "RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture", "AuthFailure",
        "InvalidSignatureException", "SignatureDoesNotMatch",
    ]

    /// Whether the credentials are to blame, which may be fetched anew.
    static func isOfCredentials(_ fault: AWSFault) -> Bool {
        guard case .service(let service) = fault else { return false }
        return [
            "ExpiredToken", "ExpiredTokenException", "RequestExpired",
        ].contains(service.code)
    }

    /// How long to wait after an attempt, counted from 1, in milliseconds; `share` is drawn from 0
    /// to 1.
    static func delay(afterAttempt attempt: Int, share: Double) -> Double {
        min(longestDelay, share * Double(1 << min(attempt - 1, 10)) * 1_000)
    }
}
