import Crypto
import StepwellEngine
import StepwellHistory
import Testing

@testable import StepwellServer

/// Values of AWS's documentation and of its Signature Version 4 test suite, and values computed
/// with botocore's signer.
@Suite("Signature Version 4")
struct SigningTests {
    private static let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"

    @Test("The signing key of the documentation's example")
    func signingKey() {
        let scope = SigningScope(day: "20150830", region: "us-east-1", service: "iam")
        let key = scope.signingKey(secret: Self.secret)
        let digits = key.withUnsafeBytes { Hexadecimal.text(Array($0)) }
        #expect(digits == "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9")
    }

    @Test(
        "Requests of the test suite",
        arguments: [
            ("GET", "/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
            ("POST", "/", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
            (
                "GET", "/?Param2=value2&Param1=value1",
                "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
            ),
        ]
    )
    func suite(method: String, uri: String, signature: String) {
        let request = ServiceRequest(
            method: method,
            uri: uri,
            headers: [("Host", "example.amazonaws.com"), ("X-Amz-Date", "20150830T123600Z")]
        )
        #expect(sign(request, signed: ["host", "x-amz-date"]) == signature)
    }

    @Test("Spaces in values, repeated headers, odd queries and paths have one form")
    func forms() {
        let request = ServiceRequest(
            method: "GET",
            uri: "/a/./b/../c%20d/?b=%e1%88%b4&a=&a=2%2B&flag",
            headers: [("Host", "h"), ("X-Amz-A", "  one   two "), ("x-amz-a", "three")]
        )
        let hash = CanonicalRequest.hash([])
        let signed = ["host", "x-amz-a"]
        let form = CanonicalRequest(request, signed: signed, payloadHash: hash)
        let expected = [
            "GET", "/a/c%2520d/", "a=&a=2%2B&b=%E1%88%B4&flag=", "host:h",
            "x-amz-a:one two,three", "", "host;x-amz-a", hash,
        ]
        #expect(form.text == expected.joined(separator: "\n"))
    }

    @Test("Times in ISO 8601's basic form, both ways")
    func times() throws {
        let time = try #require(SigningTime.parse("20150830T123600Z"))
        #expect(time.milliseconds == 1_440_938_160_000)
        #expect(SigningTime.text(time) == "20150830T123600Z")
        for bad in ["", "2015-08-30T12:36:00Z", "20151330T123600Z", "20150830T123600", "é"] {
            #expect(SigningTime.parse(bad) == nil, "\(bad)")
        }
    }

    private func sign(_ request: ServiceRequest, signed: [String]) -> String {
        let scope = SigningScope(day: "20150830", region: "us-east-1", service: "service")
        let hash = CanonicalRequest.hash(request.body)
        let form = CanonicalRequest(request, signed: signed, payloadHash: hash)
        let text = scope.stringToSign(form, time: "20150830T123600Z")
        return SigningScope.signature(of: text, key: scope.signingKey(secret: Self.secret))
    }
}
