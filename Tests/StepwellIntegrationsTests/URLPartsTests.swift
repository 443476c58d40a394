import StepwellIntegrations
import Testing

@Suite("URLs")
struct URLPartsTests {
    @Test(
        "Their parts",
        arguments: [
            ("http://127.0.0.1:8083", "127.0.0.1", 8083, "/", ""),
            ("HTTPS://x/", "x", 443, "/", ""),
            ("http://[::1]:9/a/b?c=d&e", "[::1]", 9, "/a/b", "c=d&e"),
            ("http://x?y", "x", 80, "/", "y"),
        ]
    )
    func parts(url: String, host: String, port: Int, path: String, query: String) throws {
        let parts = try #require(URLParts(url))
        #expect(parts.host == host)
        #expect(parts.port == port)
        #expect(parts.path == path)
        #expect(parts.query == query)
    }

    @Test(
        "What is none",
        arguments: [
            "", "127.0.0.1:80", "ftp://x", "http://", "http://x:0", "http://x:70000", "http://x:y",
            "http://:80", "http://user@host/", "http+unix://x/", "http://a%2fb/", "http://a\\.b/",
            "http://\u{FF4C}ocalhost/", "http://[::1/", "http://[x]/", "http://a b/",
        ]
    )
    func none(url: String) {
        #expect(URLParts(url) == nil)
    }
}
