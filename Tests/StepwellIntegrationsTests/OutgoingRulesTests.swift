import Testing

@testable import StepwellIntegrations

@Suite("Rules about outgoing calls")
struct OutgoingRulesTests {
    @Test(
        "Link-local and metadata addresses are refused in any spelling",
        arguments: [
            "169.254.169.254", "[fe80::1]", "[::ffff:169.254.169.254]", "[fd00:ec2::254]",
            "100.100.100.200", "168.63.129.16", "192.0.0.192", "[64:ff9b::a9fe:a9fe]",
            "[2002:a9fe:a9fe::1]", "[::169.254.169.254]",
        ]
    )
    func metadata(host: String) {
        #expect(OutgoingRules().refusal(host: host, port: 80) != nil)
        #expect(OutgoingRules().refusal(address: host, port: 80) != nil)
        #expect(OutgoingRules.credentials.refusal(host: host, port: 80) == nil)
    }

    @Test("Others may be called when there is no list of those that may")
    func usual() {
        for host in ["127.0.0.1", "[::1]", "sqs.eu-west-1.amazonaws.com", "10.0.0.1"] {
            #expect(OutgoingRules().refusal(host: host, port: 443) == nil)
        }
    }

    @Test("Lists name hosts, domains, networks, ports, and exceptions")
    func lists() {
        var settings = OutgoingRulesSettings()
        settings.allow = ["*.amazonaws.com", "localhost:5000", "10.0.0.0/8", "[::1]:9"]
        settings.deny = ["iam.amazonaws.com", "10.9.0.0/16"]
        settings.allowLinkLocal = ["169.254.7.0/24"]
        let rules = OutgoingRules(settings)
        #expect(rules.refusal(host: "SQS.eu.amazonaws.com", port: 443) == nil)
        #expect(rules.refusal(host: "amazonaws.com", port: 443) != nil)
        #expect(rules.refusal(host: "iam.amazonaws.com", port: 443) != nil)
        #expect(rules.refusal(host: "iam.amazonaws.com.", port: 443) != nil)
        #expect(rules.refusal(host: "sqs.amazonaws.com.", port: 443) == nil)
        #expect(rules.refusal(host: "[64:ff9b::10.9.1.1]", port: 80) != nil)
        #expect(rules.refusal(host: "localhost", port: 5000) == nil)
        #expect(rules.refusal(host: "localhost", port: 5001) != nil)
        #expect(rules.refusal(host: "10.1.1.1", port: 80) == nil)
        #expect(rules.refusal(host: "10.9.1.1", port: 80) != nil)
        #expect(rules.refusal(host: "[::1]", port: 9) == nil)
        #expect(rules.refusal(address: "10.9.1.1", port: 80) != nil)
        #expect(rules.refusal(address: "169.254.7.1", port: 80) == nil)
        #expect(rules.refusal(address: "169.254.8.1", port: 80) != nil)
    }

    @Test("A pattern that is none is known as such")
    func patterns() {
        for text in ["", "a/b", "10.0.0.0/33", "a:b", "*", "x*.y"] {
            #expect(!OutgoingRules.isPattern(text), "\(text)")
        }
        for text in ["a", "a:1", "*.b", "::1", "[::1]:2", "::/0"] {
            #expect(OutgoingRules.isPattern(text), "\(text)")
        }
    }

    @Test("A name that leads to a refused address is refused before anything is sent")
    func resolved() async throws {
        var settings = OutgoingRulesSettings()
        settings.deny = ["127.0.0.0/8", "::1"]
        let rules = OutgoingRules(settings)
        let listener = try ClosedListener()
        let transport = PooledTransport { rules }
        let fault = await #expect(throws: TransportFault.self) {
            try await transport.send(
                OutgoingRequest(method: "GET", url: "http://localhost:\(listener.port)/")
            )
        }
        guard case .refused = fault else { Issue.record("\(fault as Any)"); return }
        try await transport.shutdown()
    }
}
