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

    package func read(
        _ object: ObjectName,
        _ range: Range<Int>,
        tag: String?
    ) async throws(ObjectFault) -> ObjectPart {
        let found = try await aws.range(range, of: object, tag: tag)
        // A range behind the end has no answer that says how long the object is; a reader that asks
        // for one reads none that is of use.
        guard let found else { return ObjectPart(bytes: [], size: 0, tag: tag ?? "") }
        return ObjectPart(
            bytes: found.bytes,
            size: found.size ?? range.lowerBound + found.bytes.count,
            tag: found.tag ?? ""
        )
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

extension AWSCalling {
    /// The bytes of a range of an object of S3, and what is known of the whole; nil when it begins
    /// behind the object's end.
    func range(
        _ range: Range<Int>,
        of object: ObjectName,
        tag: String?
    ) async throws(ObjectFault) -> (bytes: [UInt8], size: Int?, tag: String?)? {
        var parameters = JSONObject([
            ("Bucket", .string(object.bucket)), ("Key", .string(object.key)),
            ("Range", .string("bytes=\(range.lowerBound)-\(range.upperBound - 1)")),
        ])
        parameters["VersionId"] = object.version.map { .string($0) }
        parameters["IfMatch"] = tag.map { .string($0) }
        let answer: AWSAnswer
        do throws(AWSFault) {
            let call = AWSCall(service: "s3", action: "GetObject", parameters: parameters)
            answer = try await self.call(call)
        } catch {
            // A range behind the end of an object, which may be empty.
            guard case .service(let fault) = error, fault.status == 416 else {
                throw ObjectFault(error, of: object)
            }
            return nil
        }
        let found = answer.payload ?? []
        let known = answer.output["ETag"]?.stringValue
        guard let place = answer.output["ContentRange"]?.stringValue else {
            // Without one it is the whole object.
            let part = range.clamped(to: 0..<found.count)
            return (Array(found[part]), found.count, known)
        }
        return (found, place.split(separator: "/").last.flatMap { Int($0) }, known)
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
