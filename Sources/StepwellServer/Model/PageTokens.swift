import Crypto
package import StepwellEngine
import StepwellHistory

/// Seals the page tokens that leave the server, and opens those that come back.
///
/// A token is `base64url(code, expiry)` and the engine's own token behind it. The code is an
/// HMAC over the expiry, the listing with its arguments and the engine's token: a token that was
/// made up or changed, that is of another listing, or that is older than 24 hours (AWS's life of
/// tokens) is refused.
package struct PageTokens: Sendable {
    /// How long a token is good, in milliseconds.
    static let lifeMilliseconds: Int64 = 86_400_000
    /// The bytes of a code and an expiry, and their characters.
    private static let (codeBytes, expiryBytes, sealCharacters) = (16, 8, 32)

    private let key: SymmetricKey
    private let clock: any EngineClock

    /// Tokens of a store: they are good after a restart too.
    ///
    /// The store's identity is drawn at random when it is made, and shown to no client.
    package init(storeID: [UInt8], clock: any EngineClock) {
        let secret = SymmetricKey(data: storeID)
        let label = Array("stepwell page tokens 1".utf8)
        key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: label, using: secret))
        self.clock = clock
    }

    /// Tokens of an engine's store.
    package init(_ engine: Engine) {
        self.init(storeID: engine.store.identity.storeID, clock: engine.clock)
    }

    /// The token that a client gets for the engine's.
    func seal(_ token: String, of listing: [String]) -> String {
        let time = clock.now().advanced(byMilliseconds: Self.lifeMilliseconds)
        let expiry = Self.bytes(of: time)
        return Base64URL.encode(code(expiry, token, listing) + expiry) + token
    }

    /// The engine's token behind a client's.
    ///
    /// - Throws: `InvalidToken` for one that is not good here, or not any more.
    func open(_ text: String, of listing: [String]) throws(ServiceError) -> String {
        let head = String(decoding: text.utf8.prefix(Self.sealCharacters), as: UTF8.self)
        guard let sealed = Base64URL.decode(head),
            sealed.count == Self.codeBytes + Self.expiryBytes
        else { throw .badPageToken }
        let token = String(decoding: text.utf8.dropFirst(Self.sealCharacters), as: UTF8.self)
        let expiry = Array(sealed.dropFirst(Self.codeBytes))
        let expected = code(expiry, token, listing)
        guard ConstantTime.areEqual(expected, Array(sealed.prefix(Self.codeBytes))) else {
            throw .badPageToken
        }
        guard clock.now() < Self.time(of: expiry) else {
            throw ServiceError(
                code: "InvalidToken",
                message: "Invalid Token: 'Token has expired'"
            )
        }
        return token
    }

    private func code(_ expiry: [UInt8], _ token: String, _ listing: [String]) -> [UInt8] {
        var text = expiry
        for part in listing + [token] {
            // 0xFF is in no UTF-8 text, hence ends a part.
            text += Array(part.utf8) + [0xFF]
        }
        let code = HMAC<SHA256>.authenticationCode(for: text, using: key)
        return Array(code.prefix(Self.codeBytes))
    }

    private static func bytes(of time: Timestamp) -> [UInt8] {
        let word = UInt64(bitPattern: time.milliseconds)
        return (0..<expiryBytes).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) }
    }

    private static func time(of bytes: [UInt8]) -> Timestamp {
        let word = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Timestamp(milliseconds: Int64(bitPattern: word))
    }
}
