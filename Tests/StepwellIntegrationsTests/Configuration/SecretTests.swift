import StepwellIntegrations
import Testing

@Suite("A secret is never shown")
struct SecretTests {
    @Test("printed, reflected, or as part of what holds it")
    func hidden() {
        let secret = Secret("hunter2")
        let named = NamedSecret(name: "Authorization", value: secret)
        var connection = ConnectionSettings(
            name: "shop",
            authorization: .basic(username: Secret("hunter2"), password: secret)
        )
        connection.headers = [named]
        var dumped = ""
        dump(connection, to: &dumped)
        let shown = [
            "\(secret)", String(reflecting: secret), "\(named)", "\(connection)",
            String(reflecting: connection), dumped,
        ]
        for text in shown { #expect(!text.contains("hunter2")) }
        #expect(secret.reveal() == "hunter2")
    }
}
