import Crypto
import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellServer
import Synchronization

/// Who is signed in: a random name in a cookie stands for an access key.
///
/// A session ends after twelve hours, when its user says so, and with its access key: when that is
/// taken out of the credentials file or gets another secret. Sessions are kept in memory, under
/// digests of their names.
final class ConsoleSessions: Sendable {
    private struct Session: Sendable {
        let accessKeyID: String
        /// The digest of the secret that it was begun with.
        let secret: [UInt8]
        let end: Timestamp
    }

    private static let lifetimeSeconds: Int64 = 12 * 3600
    /// The oldest makes way for one more.
    private static let capacity = 10_000

    /// Nil where nobody has to sign in.
    private let keys: (any AccessKeySource)?
    /// The cookie's name.
    private let cookie: String
    private let clock: any EngineClock
    private let sessions = Mutex<[[UInt8]: Session]>([:])
    private let attempts: SignInAttempts

    init(keys: (any AccessKeySource)?, cookie: String, clock: any EngineClock) {
        self.keys = keys
        self.cookie = cookie
        self.clock = clock
        attempts = SignInAttempts(clock: clock)
    }

    /// Whether anybody has to sign in.
    var isAsking: Bool { keys != nil }

    /// The access key that a request's sender is signed in with; nil where nobody has to be.
    ///
    /// - Throws: `UnauthorizedException` when they are not.
    func key(of request: ServiceRequest) throws(ServiceError) -> AccessKey? {
        guard keys != nil else { return nil }
        guard let key = signedIn(request) else { throw ConsoleRefusal.unauthorized }
        return key
    }

    /// Whether a request's sender is signed in, or nobody has to be.
    func admits(_ request: ServiceRequest) -> Bool {
        keys == nil || signedIn(request) != nil
    }

    /// Says who is signed in, signs in and out.
    func answer(_ request: ServiceRequest) throws(ServiceError) -> ServiceResponse {
        switch request.method {
        case "GET", "HEAD":
            return state(signedIn(request))
        case "POST":
            return try signIn(request)
        case "DELETE":
            if let name = name(in: request) { end(Self.digest(name)) }
            var response = state(nil)
            response.headers = [field("", request, seconds: 0)]
            return response
        default:
            throw ConsoleRefusal.method(request.method, "GET, POST or DELETE")
        }
    }

    private func state(_ key: AccessKey?) -> ServiceResponse {
        var fields = ResponseFields()
        fields.add("authentication", keys != nil)
        fields.add("signedIn", keys == nil || key != nil)
        fields.add("accessKeyId", key?.id)
        if key?.access == .readOnly { fields.add("readOnly", true) }
        return .console(fields)
    }

    // MARK: Signing in

    private func signIn(_ request: ServiceRequest) throws(ServiceError) -> ServiceResponse {
        guard let keys else { return state(nil) }
        let members = try request.consoleMembers()
        guard let id = members["accessKeyId"]?.stringValue,
            let secret = members["secretAccessKey"]?.stringValue
        else {
            throw ConsoleRefusal.invalid("'accessKeyId' and 'secretAccessKey' are required.")
        }
        guard attempts.admit(request.peer) else { throw ConsoleRefusal.tooManyAttempts }
        let key = keys.keys[id]
        // As long for an unknown key as for a known one.
        let isRight = ConstantTime.areEqual(
            Self.digest(secret),
            Self.digest(key?.secret ?? "no key has this secret")
        )
        guard let key, isRight, isGood(key) else { throw ConsoleRefusal.wrongKey }
        attempts.succeeded(request.peer)
        if let former = name(in: request) { end(Self.digest(former)) }
        let name = begin(key)
        var response = state(key)
        response.caller = id
        response.headers = [field(name, request, seconds: Self.lifetimeSeconds)]
        return response
    }

    /// Whether a key may be used now; temporary ones sign requests only.
    private func isGood(_ key: AccessKey) -> Bool {
        key.sessionToken == nil && key.expiration.map { $0 > clock.now() } ?? true
    }

    private func begin(_ key: AccessKey) -> String {
        let name = ConsoleSessions.randomName()
        let now = clock.now()
        let session = Session(
            accessKeyID: key.id,
            secret: Self.digest(key.secret),
            end: now.advanced(byMilliseconds: Self.lifetimeSeconds * 1000)
        )
        sessions.withLock { sessions in
            sessions = sessions.filter { $0.value.end > now }
            if sessions.count >= Self.capacity,
                let oldest = sessions.min(by: { $0.value.end < $1.value.end })?.key
            {
                sessions[oldest] = nil
            }
            sessions[Self.digest(name)] = session
        }
        return name
    }

    private func end(_ digest: [UInt8]) {
        sessions.withLock { $0[digest] = nil }
    }

    /// The key that a request's sender is signed in with, as it is now.
    private func signedIn(_ request: ServiceRequest) -> AccessKey? {
        guard let keys, let name = name(in: request) else { return nil }
        let digest = Self.digest(name)
        guard let session = sessions.withLock({ $0[digest] }) else { return nil }
        guard session.end > clock.now(), let key = keys.keys[session.accessKeyID], isGood(key),
            ConstantTime.areEqual(Self.digest(key.secret), session.secret)
        else {
            end(digest)
            return nil
        }
        return key
    }

    // MARK: Names

    /// 256 random bits of the system's.
    private static func randomName() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<4).map { _ in
            let digits = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - digits.utf8.count) + digits
        }.joined()
    }

    private static func digest(_ text: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(text.utf8)))
    }

    private func name(in request: ServiceRequest) -> String? {
        for part in request.headerValues("cookie").flatMap({ $0.split(separator: ";") }) {
            let pair = part.drop { $0 == " " }
            if let value = pair.dropped("\(cookie)=") { return String(value) }
        }
        return nil
    }

    private func field(
        _ value: String,
        _ request: ServiceRequest,
        seconds: Int64
    ) -> (name: String, value: String) {
        let secure = ConsoleOrigin.isSecure(request) ? "; Secure" : ""
        return (
            "Set-Cookie",
            "\(cookie)=\(value); Path=/console; Max-Age=\(seconds); HttpOnly; SameSite=Strict"
                + secure
        )
    }
}
