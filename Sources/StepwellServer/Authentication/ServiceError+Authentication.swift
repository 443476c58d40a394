import StepwellEngine

/// The errors of AWS's front end for requests that it does not take for genuine.
extension ServiceError {
    static let missingAuthenticationToken = ServiceError(
        code: "MissingAuthenticationTokenException",
        message: "Missing Authentication Token"
    )

    static let unrecognizedClient = ServiceError(
        code: "UnrecognizedClientException",
        message: "The security token included in the request is invalid."
    )

    static let expiredToken = ServiceError(
        code: "ExpiredTokenException",
        message: "The security token included in the request is expired"
    )

    static let signatureMismatch = ServiceError.invalidSignature(
        "The request signature we calculated does not match the signature you provided. Check "
            + "your AWS Secret Access Key and signing method. Consult the service documentation "
            + "for details."
    )

    /// What a key may not do.
    static func accessDenied(_ accessKeyID: String?, _ action: String) -> ServiceError {
        ServiceError(
            code: "AccessDeniedException",
            message: "The access key \(accessKeyID ?? "") is not authorized to perform: \(action): "
                + "it is read-only"
        )
    }

    static func invalidSignature(_ message: String) -> ServiceError {
        ServiceError(code: "InvalidSignatureException", message: message)
    }

    static func incompleteSignature(_ message: String) -> ServiceError {
        ServiceError(code: "IncompleteSignatureException", message: message)
    }
}
