package import Crypto

/// What a signature is good for: `20150830/us-east-1/states/aws4_request`.
package struct SigningScope: Hashable {
    /// The day in UTC, as eight digits.
    package let day: String
    package let region: String
    package let service: String

    package init(day: String, region: String, service: String) {
        self.day = day
        self.region = region
        self.service = service
    }

    /// The last part of every scope.
    package static let terminator = "aws4_request"

    /// The algorithm's name, which begins what is signed.
    package static let algorithm = "AWS4-HMAC-SHA256"

    /// The scope as it is written.
    package var text: String { "\(day)/\(region)/\(service)/\(Self.terminator)" }

    /// The key that requests of this scope are signed with.
    package func signingKey(secret: String) -> SymmetricKey {
        var key = SymmetricKey(data: Array("AWS4\(secret)".utf8))
        for part in [day, region, service, Self.terminator] {
            let code = HMAC<SHA256>.authenticationCode(for: Array(part.utf8), using: key)
            key = SymmetricKey(data: code)
        }
        return key
    }

    /// What is signed of a canonical request at a time (`20150830T123600Z`).
    package func stringToSign(_ request: CanonicalRequest, time: String) -> String {
        let digest = Hexadecimal.text(SHA256.hash(data: Array(request.text.utf8)))
        return "\(Self.algorithm)\n\(time)\n\(text)\n\(digest)"
    }

    /// The signature in hexadecimal.
    package static func signature(of text: String, key: SymmetricKey) -> String {
        Hexadecimal.text(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key))
    }
}
