import StepwellJSON
import Synchronization
import Testing

@testable import StepwellIntegrations

@Suite("Buckets of S3")
struct S3StoreTests {
    /// Answers calls by a closure, and keeps them.
    private final class Service: AWSCalling {
        let calls = Mutex<[AWSCall]>([])
        private let answer: @Sendable (AWSCall) throws(AWSFault) -> AWSAnswer

        init(_ answer: @escaping @Sendable (AWSCall) throws(AWSFault) -> AWSAnswer) {
            self.answer = answer
        }

        func knows(service: String, action: String) -> Bool { true }

        func call(_ call: AWSCall) async throws(AWSFault) -> AWSAnswer {
            calls.withLock { $0.append(call) }
            return try answer(call)
        }
    }

    private static func fault(_ code: String, _ status: Int) -> AWSFault {
        .service(ServiceFault(code: code, message: "m", status: status))
    }

    @Test("an object is read range by range, each of the same content")
    func ranges() async throws {
        let content = (0..<(9 << 20)).map { UInt8(truncatingIfNeeded: $0 / 1_000) }
        let service = Service { (call) throws(AWSFault) in
            let range = call.parameters["Range"]?.stringValue?.split { "=-".contains($0) } ?? []
            let first = Int(range[1]) ?? 0
            guard first < content.count else { throw Self.fault("InvalidRange", 416) }
            let last = min(Int(range[2]) ?? 0, content.count - 1)
            var answer = AWSAnswer(
                output: JSONObject([
                    ("ETag", "tag"),
                    ("ContentRange", .string("bytes \(first)-\(last)/\(content.count)")),
                ])
            )
            answer.payload = Array(content[first...last])
            return answer
        }
        let name = ObjectName(bucket: "b", key: "k", version: "v")
        for start in [0, 5, content.count] {
            let body = try await S3Store(service).open(name, from: start, tag: nil)
            var bytes: [UInt8] = []
            while case let more = try await body.next(), !more.isEmpty { bytes += more }
            #expect(bytes == Array(content[start...]))
        }
        let calls = service.calls.withLock { $0 }
        #expect(calls.count == 3 + 3 + 1)
        #expect(calls[1].parameters["IfMatch"] == "tag")
        #expect(calls.allSatisfy { $0.parameters["VersionId"] == "v" })
    }

    @Test("a part of an object is read by its range", arguments: [true, false])
    func parts(knowsRanges: Bool) async throws {
        let content = Array("0123456789".utf8)
        let service = Service { (call) throws(AWSFault) in
            var answer = AWSAnswer(output: JSONObject([("ETag", "tag")]))
            answer.payload = content
            guard knowsRanges else { return answer }
            let range = call.parameters["Range"]?.stringValue?.split { "=-".contains($0) } ?? []
            let (first, last) = (Int(range[1]) ?? 0, min(Int(range[2]) ?? 0, content.count - 1))
            guard first < content.count else { throw Self.fault("InvalidRange", 416) }
            answer.output["ContentRange"] = .string("bytes \(first)-\(last)/\(content.count)")
            answer.payload = Array(content[first...last])
            return answer
        }
        let name = ObjectName(bucket: "b", key: "k")
        let part = try await S3Store(service).read(name, 3..<5, tag: "tag")
        #expect(part.bytes == Array("34".utf8) && part.size == 10 && part.tag == "tag")
        #expect(try await S3Store(service).read(name, 8..<20, tag: nil).bytes == Array("89".utf8))
        #expect(try await S3Store(service).read(name, 10..<12, tag: nil).bytes.isEmpty)
        let call = service.calls.withLock { $0.first }
        #expect(call?.parameters["Range"] == "bytes=3-4" && call?.parameters["IfMatch"] == "tag")
    }

    @Test("a service that knows no ranges gives no byte twice")
    func withoutRanges() async throws {
        let service = Service { (_) throws(AWSFault) in
            var answer = AWSAnswer(output: JSONObject([("ETag", "tag")]))
            answer.payload = Array("0123456789".utf8)
            return answer
        }
        for start in [0, 4, 10, 11] {
            let name = ObjectName(bucket: "b", key: "k")
            let body = try await S3Store(service).open(name, from: start, tag: nil)
            var bytes: [UInt8] = []
            while case let more = try await body.next(), !more.isEmpty { bytes += more }
            #expect(bytes == Array("0123456789".utf8.dropFirst(start)))
        }
    }

    @Test("what the service says is told apart")
    func faults() async throws {
        let name = ObjectName(bucket: "b", key: "k")
        let expected: [(AWSFault, ObjectFault)] = [
            (Self.fault("NoSuchKey", 404), .noSuchKey(name)),
            (Self.fault("NoSuchBucket", 404), .noSuchBucket("b")),
            (Self.fault("PreconditionFailed", 412), .changed(name)),
            (Self.fault("AccessDenied", 403), .denied("s3://b/k: m")),
            (.forbidden("rule"), .denied("s3://b/k: rule")),
        ]
        for (fault, wanted) in expected {
            let store = S3Store(Service { (_) throws(AWSFault) in throw fault })
            await #expect(throws: wanted) { try await store.open(name, from: 0, tag: nil) }
        }
    }

    @Test("objects are listed page by page, written whole")
    func listing() async throws {
        let service = Service { (call) throws(AWSFault) in
            let isFirst = call.parameters["ContinuationToken"] == nil
            let object: JSONValue = [
                "Key": isFirst ? "a" : "b", "Size": 7, "ETag": "t",
                "LastModified": "2026-11-28T20:47:05.000Z",
            ]
            var output = JSONObject([("Contents", .array([object]))])
            if isFirst { output["NextContinuationToken"] = "more" }
            return AWSAnswer(output: output)
        }
        let store = S3Store(service)
        let lister = try await store.list("b", prefix: "p", after: "0")
        var keys: [String] = []
        while case let page = try await lister.next(), !page.isEmpty {
            keys += page.map(\.key)
            #expect(page.allSatisfy { $0.lastModified == 1_795_898_825 && $0.size == 7 })
        }
        #expect(keys == ["a", "b"])
        try await store.put([1, 2], to: ObjectName(bucket: "b", key: "k"))
        let calls = service.calls.withLock { $0 }
        #expect(calls.first?.parameters["StartAfter"] == "0")
        #expect(calls.last?.action == "PutObject" && calls.last?.payload == [1, 2])
    }
}
