import Foundation
import Testing

@testable import StepwellIntegrations

@Suite("Whose certificates are trusted")
struct CertificateAuthoritiesTests {
    @Test(
        "Those of the system when nothing else is named",
        arguments: [[:], ["AWS_CA_BUNDLE": ""]]
    )
    func system(environment: [String: String]) {
        let authorities = CertificateAuthorities(environment: environment)
        #expect(authorities.roots == nil && authorities.problem == nil)
    }

    @Test("A file that is missing, or has none, is told when https is spoken")
    func problems() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        func problem() -> String? {
            CertificateAuthorities(environment: ["AWS_CA_BUNDLE": file.path]).problem
        }
        #expect(problem() == "AWS_CA_BUNDLE: '\(file.path)' cannot be read")
        try Data("no certificate".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let text = "AWS_CA_BUNDLE: '\(file.path)' has no certificate in PEM form"
        #expect(problem() == text)
        let transport = PooledTransport(
            authorities: CertificateAuthorities(environment: ["AWS_CA_BUNDLE": file.path])
        )
        await #expect(throws: TransportFault.connection(text)) {
            try await transport.send(OutgoingRequest(method: "GET", url: "https://127.0.0.1:1/"))
        }
        let fault = await #expect(throws: TransportFault.self) {
            try await transport.send(OutgoingRequest(method: "GET", url: "http://127.0.0.1:1/"))
        }
        #expect(fault != .connection(text))
        try await transport.shutdown()
    }
}
