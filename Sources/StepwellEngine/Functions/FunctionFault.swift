/// Why Lambda does not run a function: an error of its API.
package struct FunctionFault: Error, Sendable, Hashable {
    /// `ResourceNotFoundException` and its like.
    package var code: String
    package var message: String
    /// The HTTP status.
    package var status: Int
    package var requestID: String

    package init(code: String, message: String, status: Int, requestID: String) {
        self.code = code
        self.message = message
        self.status = status
        self.requestID = requestID
    }

    /// There is no such function.
    package static func notFound(_ arn: String, requestID: String) -> FunctionFault {
        FunctionFault(
            code: "ResourceNotFoundException",
            message: "Function not found: \(arn)",
            status: 404,
            requestID: requestID
        )
    }

    /// The failure of a task of the optimised integration (recorded:
    /// `error_handling/task_service_lambda_no_such_function`).
    package var optimised: TaskFailure {
        TaskFailure(
            error: "Lambda.\(Self.modelled.contains(code) ? code : "AWSLambdaException")",
            cause: "\(message) (Service: AWSLambda; Status Code: \(status); Error Code: \(code); "
                + "Request ID: \(requestID); Proxy: null)"
        )
    }

    /// The failure of a task of the SDK integration.
    package var ofSDK: TaskFailure {
        TaskFailure(
            error: "Lambda.\(Self.modelled.contains(code) ? code : "LambdaException")",
            cause: "\(message) (Service: Lambda, Status Code: \(status), Request ID: \(requestID))"
        )
    }

    /// The errors that the action Invoke has in Lambda's service model.
    private static let modelled: Set = [
        "EC2AccessDeniedException", "EC2ThrottledException", "EC2UnexpectedException",
        "EFSIOException", "EFSMountConnectivityException", "EFSMountFailureException",
        "EFSMountTimeoutException", "ENILimitReachedException", "InvalidParameterValueException",
        "InvalidRequestContentException", "InvalidRuntimeException",
        "InvalidSecurityGroupIDException", "InvalidSubnetIDException",
        "InvalidZipFileException", "KMSAccessDeniedException", "KMSDisabledException",
        "KMSInvalidStateException", "KMSNotFoundException", "RecursiveInvocationException",
        "RequestTooLargeException", "ResourceConflictException", "ResourceNotFoundException",
        "ResourceNotReadyException", "ServiceException", "SnapStartException",
        "SnapStartNotReadyException", "SnapStartTimeoutException",
        "SubnetIPAddressLimitReachedException",
        "TooManyRequestsException", "UnsupportedMediaTypeException",
    ]
}
