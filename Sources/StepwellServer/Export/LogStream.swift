import Glibc

/// A log on an open file descriptor, such as standard error, that nobody who logs waits for.
package struct LogStream: TextOutputStream, Sendable {
    private struct Destination: LineDestination {
        let name = "the log"
        let descriptor: Int32

        func write(_ lines: [UInt8]) -> String? {
            FileWriting.write(lines, to: descriptor)
        }

        func line(forLost count: Int) -> [UInt8] {
            Array("\(count) lines of this log were lost: nothing read them in time\n".utf8)
        }
    }

    private let queue: LineQueue

    /// A log that holds back a mebibyte.
    package init(descriptor: Int32 = STDERR_FILENO) {
        let destination = Destination(descriptor: descriptor)
        queue = LineQueue("stepwell-log", to: destination, capacity: 1 << 20)
    }

    package func write(_ string: String) {
        queue.add(Array(string.utf8))
    }

    /// Writes what waits, for as long as that may take.
    package func finish(withinMilliseconds limit: Int) {
        queue.finish(withinMilliseconds: limit)
    }
}
