extension ServiceError {
    /// The HTTP status of the exception: the service model's where it names one, else 400.
    package var httpStatus: Int {
        switch code {
        case "ConflictException": 409
        case "ServiceQuotaExceededException": 402
        case "RequestEntityTooLarge": 413
        case "UnsupportedMediaType": 415
        case "ForbiddenException": 403
        case "NotFound": 404
        case "MethodNotAllowed": 405
        case "InternalServerError": 500
        case "ServiceUnavailable": 503
        default: 400
        }
    }
}
