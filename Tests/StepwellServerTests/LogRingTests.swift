import Logging
import StepwellHistory
import Testing

@testable import StepwellServer

@Suite("The newest lines of a log")
struct LogRingTests {
    @Test("Lines behind any number are given, as far as there are and are kept")
    func numbers() {
        let ring = LogRing()
        #expect(ring.lines(after: 0).isEmpty)
        for number in 1...LogRing.capacity + 5 {
            ring.add(.info, "line \(number)", [], at: Timestamp(milliseconds: 0))
        }
        let last = LogRing.capacity + 5
        #expect(ring.lines(after: last - 1).map(\.message) == ["line \(last)"])
        #expect(ring.lines(after: 0).map(\.number) == Array(6...last))
        #expect(ring.lines(after: 0, limit: 2).map(\.number) == [6, 7])
        for number in [last, last + 1, Int.max - 1, Int.max] {
            #expect(ring.lines(after: number).isEmpty)
        }
    }
}
