/// Why an object is not read, listed or written.
package enum ObjectFault: Error, Sendable, Equatable {
    case noSuchBucket(String)
    case noSuchKey(ObjectName)
    /// The object is another than it was when its reading began.
    case changed(ObjectName)
    /// The key cannot be the name of a file of a folder; why.
    case unusableKey(ObjectName, String)
    /// The place does not let it be done, or the service does not; what it says.
    case denied(String)
    /// Anything else; what is said of it.
    case failed(String)

    /// As a failure's cause says it, after AWS's words where there are any.
    package var cause: String {
        switch self {
        case .noSuchBucket(let bucket):
            "The specified bucket does not exist: \(bucket) (Service: Amazon S3; Status Code: 404; "
                + "Error Code: NoSuchBucket)"
        case .noSuchKey(let name):
            "The specified key does not exist: \(name) (Service: Amazon S3; Status Code: 404; "
                + "Error Code: NoSuchKey)"
        case .changed(let name):
            "The object \(name) has changed since its reading began."
        case .unusableKey(let name, let reason):
            "The key of \(name) cannot be a file of a folder: \(reason)."
        case .denied(let reason):
            "Access Denied: \(reason) (Service: Amazon S3; Status Code: 403; Error Code: "
                + "AccessDenied)"
        case .failed(let reason):
            reason
        }
    }
}
