import Dispatch
import Glibc
import StepwellEngine
import Synchronization
import Testing

@testable import StepwellServer

@Suite("Lines that nobody waits for")
struct LineQueueTests {
    /// Takes lines only when it is let, and refuses them as often as it is told to.
    private final class Destination: LineDestination {
        let name = "the test"
        let gate = DispatchSemaphore(value: 0)
        private let text = Mutex("")
        private let refusals: Mutex<Int>

        init(refusals: Int = 0) {
            self.refusals = Mutex(refusals)
        }

        var written: String { text.withLock { $0 } }

        func write(_ lines: [UInt8]) -> String? {
            gate.wait()
            gate.signal()
            let isRefused = refusals.withLock { left in
                left -= 1
                return left >= 0
            }
            guard !isRefused else { return "refused" }
            text.withLock { $0 += String(decoding: lines, as: UTF8.self) }
            return nil
        }

        func line(forLost count: Int) -> [UInt8] { Array("lost \(count)\n".utf8) }
    }

    @Test("What does not fit while nothing is taken is counted, and said in its place")
    func losses() {
        let destination = Destination()
        let queue = LineQueue("test", to: destination, capacity: 10)
        for line in ["1234\n", "5678\n", "lost\n", "!\n"] { queue.add(Array(line.utf8)) }
        #expect(!queue.finish(withinMilliseconds: 0), "the destination stands still")
        destination.gate.signal()
        #expect(queue.finish(withinMilliseconds: 20_000))
        #expect(destination.written == "1234\n5678\nlost 2\n")
    }

    @Test("Lines that are refused are tried again, and written once")
    func refusals() async {
        let destination = Destination(refusals: 3)
        destination.gate.signal()
        let queue = LineQueue("test", to: destination, capacity: 100, retryMilliseconds: 1)
        queue.add(Array("a\n".utf8))
        while destination.written.isEmpty { await Task.yield() }
        queue.add(Array("b\n".utf8))
        #expect(queue.finish(withinMilliseconds: 20_000))
        #expect(destination.written == "a\nb\n")
    }

    @Test("A pipe without a reader is an error, not a wait; one that is full is waited for")
    func pipes() async throws {
        let path = "/tmp/stepwell-pipe-\(RequestID.make())"
        #expect(mkfifo(path, 0o600) == 0)
        defer { unlink(path) }
        #expect(FileWriting.append(Array("a\n".utf8), to: path) == "No such device or address")
        let reader = open(path, O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        let bytes = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
        let writing = SlowCall { FileWriting.append(bytes, to: path) }
        #expect(writing.value(withinMilliseconds: 0) == nil)
        var count = 0
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while count < bytes.count {
            let part = read(reader, &buffer, buffer.count)
            if part > 0 { count += part } else { await Task.yield() }
        }
        #expect(await writing.value == nil)
    }
}
