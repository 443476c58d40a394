import StepwellIntegrations
import Testing

@Suite("The pooled transport")
struct PooledTransportTests {
    @Test("Says what is wrong with a URL, and that nobody answers")
    func faults() async throws {
        let transport = PooledTransport()
        await #expect(throws: TransportFault.url("the URL has no scheme")) {
            try await transport.send(OutgoingRequest(method: "GET", url: "nowhere"))
        }
        let fault = await #expect(throws: TransportFault.self) {
            try await transport.send(OutgoingRequest(method: "GET", url: "http://127.0.0.1:1/"))
        }
        guard case .connection = fault else { Issue.record("\(fault as Any)"); return }
        try await transport.shutdown()
    }
}
