import StepwellJSON
import Synchronization

/// An object of S3 that is being read, a range at a time.
final class S3Body: ObjectBody {
    /// The bytes of a range.
    private static let range = 4 << 20

    private struct State: Sendable {
        var offset: Int
        var tag: String?
        /// Bytes that were read and not given yet.
        var first: [UInt8]?
        var isAtEnd = false
    }

    private let aws: any AWSCalling
    private let object: ObjectName
    private let state: Mutex<State>

    init(_ aws: any AWSCalling, _ object: ObjectName, from offset: Int, tag: String?) {
        self.aws = aws
        self.object = object
        state = Mutex(State(offset: offset, tag: tag))
    }

    var tag: String { state.withLock { $0.tag ?? "" } }

    /// Reads the first range: an object that is not there, or another, is known then.
    func begin() async throws(ObjectFault) {
        let bytes = try await read()
        state.withLock { $0.first = bytes }
    }

    func next() async throws(ObjectFault) -> [UInt8] {
        let first = state.withLock { state in
            defer { state.first = nil }
            return state.first
        }
        if let first { return first }
        return try await read()
    }

    private func read() async throws(ObjectFault) -> [UInt8] {
        let (offset, tag, isAtEnd) = state.withLock { ($0.offset, $0.tag, $0.isAtEnd) }
        if isAtEnd { return [] }
        var parameters = JSONObject([
            ("Bucket", .string(object.bucket)), ("Key", .string(object.key)),
            ("Range", .string("bytes=\(offset)-\(offset + Self.range - 1)")),
        ])
        parameters["VersionId"] = object.version.map { .string($0) }
        parameters["IfMatch"] = tag.map { .string($0) }
        let answer: AWSAnswer
        do throws(AWSFault) {
            let call = AWSCall(service: "s3", action: "GetObject", parameters: parameters)
            answer = try await aws.call(call)
        } catch {
            // A range behind the end of an object, which may be empty.
            guard case .service(let fault) = error, fault.status == 416 else {
                throw ObjectFault(error, of: object)
            }
            state.withLock { $0.isAtEnd = true }
            return []
        }
        let bytes = answer.payload ?? []
        let total = answer.output["ContentRange"]?.stringValue?.split(separator: "/").last
        state.withLock { state in
            state.offset += bytes.count
            state.tag = state.tag ?? answer.output["ETag"]?.stringValue
            // Without the range it is the whole object.
            state.isAtEnd = total.flatMap { Int($0) }.map { state.offset >= $0 } ?? true
        }
        return bytes
    }
}
