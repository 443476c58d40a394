import StepwellHistory
import StepwellLanguage
import Testing

@testable import StepwellIntegrations

@Suite("Signing requests")
struct AWSSignerTests {
    private static let secret = Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")

    private static func time() throws -> Timestamp {
        let time = try #require(StatesTimestamp(parsing: "2015-08-30T12:36:00Z"))
        return Timestamp(milliseconds: time.milliseconds)
    }

    @Test("AWS's own example")
    func example() throws {
        var request = OutgoingRequest(
            method: "GET",
            url: "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08",
            headers: [("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")]
        )
        AWSSigner(service: "iam", region: "us-east-1").sign(
            &request,
            with: AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: Self.secret),
            at: try Self.time()
        )
        let expected =
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
            + "SignedHeaders=content-type;host;x-amz-date, Signature="
            + "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
        #expect(request.header("authorization") == expected)
    }

    @Test("S3's path is signed as it is sent, its body by its digest, as botocore signs it")
    func object() throws {
        var request = OutgoingRequest(
            method: "PUT",
            url: "http://127.0.0.1:5000/bucket/a%20b//c%2B~%C3%A9?versionId=1&empty",
            headers: [("Content-Type", "text/plain"), ("x-amz-meta-z", "  two   words ")],
            body: Array("hello".utf8)
        )
        let credentials = AWSCredentials(
            accessKeyID: "AKIDEXAMPLE",
            secretAccessKey: Self.secret,
            sessionToken: Secret("TOKEN")
        )
        let signer = AWSSigner(service: "s3", region: "eu-west-1")
        signer.sign(&request, with: credentials, at: try Self.time())
        let first = try #require(request.header("authorization"))
        #expect(
            first.hasSuffix("efd8803846569b1b97c58d0e4f366c5cb0ab2442980836212c04669bb6e25a34")
        )
        // Signed again, for a second attempt, nothing is there twice.
        let count = request.headers.count
        signer.sign(&request, with: credentials, at: try Self.time())
        #expect(request.headers.count == count)
        #expect(request.header("authorization") == first)
    }
}
