import StepwellJSON

/// The buckets of S3, or of what speaks its protocol.
package struct S3Store: ObjectStore {
    private let aws: any AWSCalling

    package init(_ aws: any AWSCalling) {
        self.aws = aws
    }

    package func open(
        _ object: ObjectName,
        from offset: Int,
        tag: String?
    ) async throws(ObjectFault) -> any ObjectBody {
        let body = S3Body(aws, object, from: offset, tag: tag)
        try await body.begin()
        return body
    }

    package func list(
        _ bucket: String,
        prefix: String,
        after key: String?
    ) async throws(ObjectFault) -> any ObjectLister {
        S3Lister(aws, bucket, prefix: prefix, after: key)
    }

    package func put(_ bytes: [UInt8], to object: ObjectName) async throws(ObjectFault) {
        var call = AWSCall(
            service: "s3",
            action: "PutObject",
            parameters: JSONObject([
                ("Bucket", .string(object.bucket)), ("Key", .string(object.key)),
            ])
        )
        call.payload = bytes
        do throws(AWSFault) {
            _ = try await aws.call(call)
        } catch {
            throw ObjectFault(error, of: object)
        }
    }
}

extension ObjectFault {
    /// What a call for an object came to.
    init(_ fault: AWSFault, of object: ObjectName) {
        switch fault {
        case .service(let service):
            switch service.code {
            case "NoSuchBucket": self = .noSuchBucket(object.bucket)
            case "NoSuchKey", "NoSuchVersion", "404": self = .noSuchKey(object)
            case "PreconditionFailed", "412": self = .changed(object)
            case "AccessDenied", "403": self = .denied("\(object): \(service.message)")
            default:
                self = .failed(
                    "\(service.message) (Service: Amazon S3; Status Code: \(service.status); Error "
                        + "Code: \(service.code))"
                )
            }
        case .parameters(let reason), .credentials(let reason), .unserved(let reason),
            .unknownAction(let reason):
            self = .failed("\(object): \(reason)")
        case .forbidden(let reason): self = .denied("\(object): \(reason)")
        case .unreachable(let endpoint, let reason):
            self = .failed("\(object): no answer from \(endpoint): \(reason)")
        case .cancelled: self = .failed("\(object): the reading was called back.")
        }
    }
}
