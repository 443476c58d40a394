extension ServiceError {
    static func invalidARN(_ detail: String) -> ServiceError {
        ServiceError(code: "InvalidArn", message: "Invalid Arn: '\(detail)'")
    }

    static func stateMachineDoesNotExist(_ arn: String) -> ServiceError {
        ServiceError(
            code: "StateMachineDoesNotExist",
            message: "State Machine Does Not Exist: '\(arn)'"
        )
    }

    static func stateMachineAlreadyExists(_ arn: String) -> ServiceError {
        ServiceError(
            code: "StateMachineAlreadyExists",
            message: "State Machine Already Exists: '\(arn)'"
        )
    }

    static func executionDoesNotExist(_ arn: String) -> ServiceError {
        ServiceError(
            code: "ExecutionDoesNotExist",
            message: "Execution Does Not Exist: '\(arn)'"
        )
    }

    static func executionNotRedrivable(_ obstacle: RedriveObstacle) -> ServiceError {
        ServiceError(
            code: "ExecutionNotRedrivable",
            message: "Execution Not Redrivable: '\(obstacle.rawValue)'"
        )
    }

    static func executionAlreadyExists(_ arn: String) -> ServiceError {
        ServiceError(
            code: "ExecutionAlreadyExists",
            message: "Execution Already Exists: '\(arn)'"
        )
    }

    static func activityDoesNotExist(_ arn: String) -> ServiceError {
        ServiceError(
            code: "ActivityDoesNotExist",
            message: "Activity Does Not Exist: '\(arn)'"
        )
    }

    static func activityAlreadyExists(_ arn: String) -> ServiceError {
        ServiceError(
            code: "ActivityAlreadyExists",
            message: "Activity Already Exists: '\(arn)'"
        )
    }

    static func activityWorkerLimitExceeded(_ arn: String) -> ServiceError {
        ServiceError(
            code: "ActivityWorkerLimitExceeded",
            message: "Activity Worker Limit Exceeded: '\(arn)'"
        )
    }

    static func stateMachineLimitExceeded(_ arn: String) -> ServiceError {
        ServiceError(
            code: "StateMachineLimitExceeded",
            message: "State Machine Limit Exceeded: '\(arn)'"
        )
    }

    static func activityLimitExceeded(_ arn: String) -> ServiceError {
        ServiceError(
            code: "ActivityLimitExceeded",
            message: "Activity Limit Exceeded: '\(arn)'"
        )
    }

    static func executionLimitExceeded(_ arn: String) -> ServiceError {
        ServiceError(
            code: "ExecutionLimitExceeded",
            message: "Execution Limit Exceeded: '\(arn)'"
        )
    }

    static func validation(_ message: String, reason: String? = nil) -> ServiceError {
        ServiceError(code: "ValidationException", message: message, reason: reason)
    }

    /// A value that breaks a constraint of the API's model, in the words of AWS's front end.
    static func constraint(_ value: String?, at member: String, _ rule: String) -> ServiceError {
        let shown = value.map { "'\($0)' " } ?? ""
        return validation(
            "1 validation error detected: Value \(shown)at '\(member)' failed to satisfy "
                + "constraint: Member must \(rule)"
        )
    }

    static func conflict(_ message: String) -> ServiceError {
        ServiceError(code: "ConflictException", message: message)
    }

    static func quotaExceeded(_ message: String) -> ServiceError {
        ServiceError(code: "ServiceQuotaExceededException", message: message)
    }

    static func stateMachineDeleting(_ arn: String) -> ServiceError {
        ServiceError(
            code: "StateMachineDeleting",
            message: "State Machine Deleting: '\(arn)'"
        )
    }

    static func resourceNotFound(_ arn: String) -> ServiceError {
        ServiceError(
            code: "ResourceNotFound",
            message: "Resource not found: '\(arn)'",
            resourceName: arn
        )
    }

    static func tooManyTags(_ arn: String) -> ServiceError {
        ServiceError(
            code: "TooManyTags",
            message: "Too many tags: '\(arn)'",
            resourceName: arn
        )
    }

    /// An alias, or a version that an alias is to lead to, is not there.
    static let typeNotSupported = ServiceError(
        code: "StateMachineTypeNotSupported",
        message: "This operation is not supported by this type of state machine"
    )

    static let referenceNotFound = ServiceError(
        code: "ResourceNotFound",
        message: "Request references a resource that does not exist."
    )

    static let invalidToken = ServiceError(
        code: "InvalidToken",
        message: "Invalid Token: 'Invalid token'"
    )

    static let taskDoesNotExist = ServiceError(
        code: "TaskDoesNotExist",
        message: "Task Does Not Exist: 'Provided task does not exist anymore'"
    )

    static let taskTimedOut = ServiceError(
        code: "TaskTimedOut",
        message: "Task Timed Out: 'Provided task does not exist anymore'"
    )

    /// Too much is asked at once.
    package static let throttled = ServiceError(
        code: "ThrottlingException",
        message: "Rate exceeded"
    )

    /// The engine ends.
    package static let shuttingDown = ServiceError(
        code: "ServiceUnavailable",
        message: "The engine is shutting down."
    )

    /// The engine ends before an execution that its caller waits for.
    static func executionGoesOn(_ arn: String) -> ServiceError {
        ServiceError(
            code: "ExecutionGoesOn",
            message: "The server stops before the execution '\(arn)' has ended; it continues "
                + "at the next start, and starting it again would do its work twice."
        )
    }

    /// The store did not keep, or cannot keep, what the request asks for.
    package static func storeUnavailable(_ error: StoreError) -> ServiceError {
        ServiceError(
            code: "ServiceUnavailable",
            message: "Not recorded, or not known to be: \(error.message)"
        )
    }

    /// A definition that was accepted once cannot be read or compiled now.
    static func definitionUnusable(_ arn: String, _ error: StoreError) -> ServiceError {
        guard error.code == .damaged else { return storeUnavailable(error) }
        return ServiceError(
            code: "InvalidDefinition",
            message: "'\(arn)' cannot be started: \(error.message)"
        )
    }

    static func internalFailure(_ message: String) -> ServiceError {
        ServiceError(code: "InternalServerError", message: message)
    }
}
