import Testing

@testable import StepwellServer

@Suite("Endpoints")
struct EndpointTests {
    @Test(
        "URLs of servers",
        arguments: [
            ("http://127.0.0.1:8083", "127.0.0.1", 8083), ("http://localhost/", "localhost", 80),
            ("http://[::1]:9", "::1", 9),
        ]
    )
    func good(url: String, host: String, port: Int) throws {
        let endpoint = try #require(Endpoint(url))
        #expect(endpoint.host == host)
        #expect(endpoint.port == port)
    }

    @Test(
        "Anything else is none",
        arguments: [
            "", "127.0.0.1:80", "https://x", "http://", "http://x:0", "http://x:70000",
            "http://x:y", "http://x/path", "http://:80",
        ]
    )
    func bad(url: String) {
        #expect(Endpoint(url) == nil)
    }
}
