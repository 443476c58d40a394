import StepwellJSON
import Synchronization

/// Objects of S3 that are being listed.
final class S3Lister: ObjectLister {
    private struct State: Sendable {
        var token: String?
        var isAtEnd = false
    }

    private let aws: any AWSCalling
    private let bucket: String
    private let prefix: String
    private let after: String?
    private let state = Mutex(State())

    init(_ aws: any AWSCalling, _ bucket: String, prefix: String, after: String?) {
        self.aws = aws
        self.bucket = bucket
        self.prefix = prefix
        self.after = after
    }

    func next() async throws(ObjectFault) -> [ListedObject] {
        while true {
            let (token, isAtEnd) = state.withLock { ($0.token, $0.isAtEnd) }
            if isAtEnd { return [] }
            var parameters = JSONObject([("Bucket", .string(bucket))])
            if !prefix.isEmpty { parameters["Prefix"] = .string(prefix) }
            if let token {
                parameters["ContinuationToken"] = .string(token)
            } else {
                parameters["StartAfter"] = after.map { .string($0) }
            }
            let answer: AWSAnswer
            do throws(AWSFault) {
                let call = AWSCall(service: "s3", action: "ListObjectsV2", parameters: parameters)
                answer = try await aws.call(call)
            } catch {
                throw ObjectFault(error, of: ObjectName(bucket: bucket, key: prefix))
            }
            let next = answer.output["NextContinuationToken"]?.stringValue
            state.withLock { state in
                state.token = next
                state.isAtEnd = next == nil
            }
            let objects = (answer.output["Contents"]?.arrayValue ?? []).compactMap(Self.object)
            if !objects.isEmpty || next == nil { return objects }
        }
    }

    private static func object(_ listed: JSONValue) -> ListedObject? {
        guard let key = listed["Key"]?.stringValue else { return nil }
        return ListedObject(
            key: key,
            size: listed["Size"]?.intValue ?? 0,
            tag: listed["ETag"]?.stringValue ?? "",
            lastModified: listed["LastModified"]?.stringValue.flatMap(Self.seconds(of:)) ?? 0,
            storageClass: listed["StorageClass"]?.stringValue ?? "STANDARD"
        )
    }

    /// The seconds since 1970 of a time as services write it: `2026-11-28T20:47:00Z`.
    static func seconds(of text: String) -> Int64? {
        let parts = text.utf8.split { !(0x30...0x39).contains($0) }
            .compactMap { Int64(String(Substring($0))) }
        guard parts.count >= 6, (1...12).contains(parts[1]) else { return nil }
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": days_from_civil.
        let year = parts[1] > 2 ? parts[0] : parts[0] - 1
        let era = year / 400
        let dayOfYear = (153 * (parts[1] + (parts[1] > 2 ? -3 : 9)) + 2) / 5 + parts[2] - 1
        let yearOfEra = year - era * 400
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = era * 146_097 + dayOfEra - 719_468
        return days * 86_400 + parts[3] * 3_600 + parts[4] * 60 + parts[5]
    }
}
