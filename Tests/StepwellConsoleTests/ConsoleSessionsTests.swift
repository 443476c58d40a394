import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellServer
import Synchronization
import Testing

@testable import StepwellConsole

@Suite("Sessions of the console")
struct ConsoleSessionsTests {
    /// A clock that is set, and keys that are.
    private final class World: EngineClock, AccessKeySource {
        private let time = Mutex(Timestamp(milliseconds: 1_000_000))
        private let known = Mutex(["AKID": AccessKey(id: "AKID", secret: "right")])

        var keys: [String: AccessKey] { known.withLock { $0 } }
        func now() -> Timestamp { time.withLock { $0 } }
        func nanoseconds(until due: Timestamp, whileIdle isIdle: Bool) -> UInt64 { 0 }

        func pass(seconds: Int64) {
            time.withLock { $0 = $0.advanced(byMilliseconds: seconds * 1000) }
        }

        func set(_ key: AccessKey?) { known.withLock { $0["AKID"] = key } }
    }

    private let world = World()
    private let sessions: ConsoleSessions

    init() {
        sessions = ConsoleSessions(keys: world, cookie: "session-1", clock: world)
    }

    private func signIn(_ secret: String = "right", from peer: String = "a") throws -> String {
        let body = #"{"accessKeyId":"AKID","secretAccessKey":"\#(secret)"}"#
        var request = ServiceRequest(body: Array(body.utf8))
        request.peer = peer
        let cookie = try sessions.answer(request).headers.first?.value ?? ""
        return String(cookie.prefix { $0 != ";" })
    }

    private func caller(_ cookie: String) -> String? {
        let headers = [(name: "Cookie", value: "a=b; \(cookie)")]
        return (try? sessions.key(of: ServiceRequest(headers: headers)))?.id
    }

    @Test("A session is its key's, for twelve hours")
    func lifetime() throws {
        let cookie = try signIn()
        #expect(caller(cookie) == "AKID")
        #expect(caller(cookie + "0") == nil)
        world.pass(seconds: 12 * 3600 - 1)
        #expect(caller(cookie) == "AKID")
        world.pass(seconds: 1)
        #expect(caller(cookie) == nil)
    }

    @Test("A session ends with its key")
    func keys() throws {
        let cookie = try signIn()
        world.set(AccessKey(id: "AKID", secret: "other"))
        #expect(caller(cookie) == nil)
        world.set(AccessKey(id: "AKID", secret: "right"))
        #expect(caller(cookie) == nil, "once ended it does not come back")
        let second = try signIn()
        world.set(nil)
        #expect(caller(second) == nil)
    }

    @Test("Temporary keys sign no one in")
    func temporary() {
        world.set(AccessKey(id: "AKID", secret: "right", sessionToken: "t"))
        #expect(throws: ServiceError.self) { try signIn() }
    }

    @Test("Guesses are bounded, by address and in all; right ones are none")
    func guesses() throws {
        for _ in 0..<20 { _ = try signIn() }
        for _ in 0..<10 {
            #expect(throws: ConsoleRefusal.wrongKey) { try signIn("wrong") }
        }
        #expect(throws: ConsoleRefusal.tooManyAttempts) { try signIn() }
        _ = try signIn(from: "b")
        for peer in 0..<90 {
            #expect(throws: ConsoleRefusal.wrongKey) { try signIn("wrong", from: "p\(peer)") }
        }
        #expect(throws: ConsoleRefusal.tooManyAttempts) { try signIn(from: "c") }
        world.pass(seconds: 60)
        _ = try signIn()
    }
}
