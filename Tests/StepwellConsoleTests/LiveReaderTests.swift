import StepwellEngine
import StepwellHistory
import StepwellServer
import Testing

@testable import StepwellConsole

@Suite("Readers of live events")
struct LiveReaderTests {
    private func reader() throws -> LiveReader {
        let reader = LiveReader(try LiveTopics("executions")) { true }
        reader.begin(with: Array("first".utf8))
        return reader
    }

    private func text(_ bytes: [UInt8]?) -> String? {
        bytes.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("What comes is given in order, together when nobody asked in between")
    func order() async throws {
        let reader = try reader()
        #expect(text(await reader.next()) == "first")
        reader.send(Array("one".utf8))
        reader.send(Array("two".utf8))
        #expect(text(await reader.next()) == "onetwo")
        reader.send(Array("three".utf8))
        reader.close()
        #expect(text(await reader.next()) == "three")
        #expect(await reader.next() == nil)
    }

    @Test("What is sent before a stream has begun comes behind its beginning")
    func beginning() async throws {
        let reader = LiveReader(try LiveTopics("executions,counts")) { true }
        reader.send(Array("one".utf8))
        reader.begin(with: Array("first".utf8))
        #expect(text(await reader.next()) == "firstone")
        var counts = StatusCounts()
        counts[.running] = 1
        reader.tell(counts)
        reader.tell(counts)
        let told = try #require(text(await reader.next()))
        #expect(told.split(separator: "event: counts").count == 1)
        #expect(told.hasPrefix("event: counts\ndata: {\"RUNNING\":1,"))
    }

    @Test("One who does not read is told to read anew, and costs no more")
    func slow() async throws {
        let reader = try reader()
        for _ in 0..<10_000 { reader.send([UInt8](repeating: 0x20, count: 1_000)) }
        let bytes = try #require(await reader.next())
        #expect(bytes.count <= 256 << 10)
        #expect(text(bytes)?.hasPrefix("event: reset\ndata: {}\n\n") == true)
    }

    @Test("Silence is broken by a comment")
    func silence() async throws {
        let reader = try reader()
        _ = await reader.next()
        for _ in 0..<3 { reader.pass(silenceLimit: 3) }
        #expect(text(await reader.next()) == ": alive\n\n")
    }

    @Test("Who is cancelled while waiting goes away")
    func cancelled() async throws {
        let reader = try reader()
        _ = await reader.next()
        let waiting = Task { await reader.next() }
        waiting.cancel()
        #expect(await waiting.value == nil)
    }

    @Test("What is remembered is given again; what is not is said")
    func memory() {
        let memory = LiveMemory()
        let ids = (0..<3).map { _ in memory.add(.status, ResponseFields()).id }
        #expect(memory.missed(since: nil).isEmpty)
        #expect(memory.missed(since: ids[2]).isEmpty)
        #expect(memory.missed(since: ids[0]).map(\.id) == Array(ids[1...]))
        for _ in 0..<1_000 { _ = memory.add(.status, ResponseFields()) }
        #expect(memory.missed(since: ids[0]).map(\.kind) == [.reset])
        memory.forget()
        #expect(memory.missed(since: ids[0]).map(\.kind) == [.reset])
        #expect(throws: ServiceError.self) { try LiveTopics("x") }
    }
}
