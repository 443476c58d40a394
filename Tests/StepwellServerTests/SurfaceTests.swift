import StepwellEngine
import StepwellHistory
import StepwellJSON
import Synchronization
import Testing

@testable import StepwellServer

@Suite("Surfaces beside the API")
struct SurfaceTests {
    /// Answers what is below a path with who sent it.
    private struct Echo: ServedSurface {
        let prefix: String
        let kind: SurfaceAuthentication

        func authentication(of request: ServiceRequest) -> SurfaceAuthentication? {
            isMine(request) ? kind : nil
        }

        func respond(
            to request: ServiceRequest
        ) async throws(ServiceError) -> ServiceResponse? {
            guard isMine(request) else { return nil }
            if request.method == "DELETE" {
                throw ServiceError(code: "ConflictException", message: "no")
            }
            var response = ServiceResponse(json: Array((request.caller ?? "nobody").utf8))
            response.audited = AuditedCall(source: "echo", name: "Echo", caller: "somebody")
            return response
        }

        private func isMine(_ request: ServiceRequest) -> Bool {
            request.uri.hasPrefix(prefix) || request.target?.hasPrefix("Echo.") == true
        }
    }

    private final class Lines: AuditSink {
        let lines = Mutex<[String]>([])
        func write(_ line: [UInt8]) {
            lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
        }
    }

    private func text(_ response: ServiceResponse) -> String {
        String(decoding: response.body, as: UTF8.self)
    }

    @Test("They are asked in order, after the API and the probes")
    func order() async throws {
        try await RouterHarness.run { plain in
            let router = Router(
                engine: plain.engine,
                surfaces: [Echo(prefix: "/a", kind: .own), Echo(prefix: "/", kind: .own)]
            )
            let get = ServiceRequest(method: "GET", uri: "/anything")
            #expect(text(await router.respond(to: get)) == "nobody")
            let health = await router.respond(to: ServiceRequest(method: "GET", uri: "/health"))
            #expect(text(health).contains("status"))
            let delete = ServiceRequest(method: "DELETE", uri: "/a")
            #expect(await router.respond(to: delete).status == 409)
            let operation = ServiceRequest(target: "Echo.Do")
            #expect(text(await router.respond(to: operation)) == "nobody")
            let states = ServiceRequest(target: "AWSStepFunctions.No")
            #expect(text(await router.respond(to: states)).contains("UnknownOperation"))
        }
    }

    @Test("Without one, nothing else than the API is there")
    func none() async throws {
        try await RouterHarness.run { router in
            let get = await router.respond(to: ServiceRequest(method: "GET", uri: "/anything"))
            #expect(get.status == 404)
            let root = await router.respond(to: ServiceRequest(method: "GET", uri: "/"))
            #expect(root.status == 405)
        }
    }

    @Test("Signatures are asked for those that want them, and of their service")
    func signatures() async throws {
        struct Keys: AccessKeySource {
            let keys = ["AKID": AccessKey(id: "AKID", secret: "secret")]
        }
        try await RouterHarness.run { plain in
            let sink = Lines()
            let router = Router(
                engine: plain.engine,
                authenticator: Authenticator(
                    source: Keys(),
                    region: "us-east-1",
                    clock: SystemClock()
                ),
                audit: AuditLog(sink: sink, region: "us-east-1", clock: SystemClock()),
                surfaces: [
                    Echo(prefix: "/signed", kind: .signature(service: "events")),
                    Echo(prefix: "/open", kind: .own),
                ]
            )
            let signed = ServiceRequest(method: "GET", uri: "/signed")
            #expect(text(await router.respond(to: signed)).contains("MissingAuthentication"))
            var known = signed
            known.caller = "AKID"
            #expect(text(await router.forward(known)) == "AKID")
            let open = ServiceRequest(method: "GET", uri: "/open")
            #expect(text(await router.respond(to: open)) == "nobody")
            let lines = sink.lines.withLock { $0 }
            #expect(lines.count == 2)
            #expect(lines.allSatisfy { $0.contains(#""accessKeyId":"somebody""#) })
        }
    }
}
