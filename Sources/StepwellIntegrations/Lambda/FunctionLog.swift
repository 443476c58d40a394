import Logging
import NIOCore

/// What a function's process writes: line by line to the log, and the end of it for who asks.
///
/// It is used on the event loop of its worker alone.
struct FunctionLog {
    /// How much of one invocation goes to the log, in bytes; the rest is counted.
    static let maximumBytes = 256 << 10
    /// How much of the end is given back (API reference, Invoke, `LogType`).
    static let tailBytes = 4 << 10

    private let logger: Logger
    private var splitter = LineSplitter()
    private var tail: [UInt8]?
    private var requestID: String?
    private var written = 0
    private var dropped = 0

    init(logger: Logger) {
        self.logger = logger
    }

    /// What is written from now on belongs to an invocation.
    mutating func begin(_ id: String, keepsTail: Bool) {
        requestID = id
        tail = keepsTail ? [] : nil
        note("START RequestId: \(id) Version: $LATEST")
    }

    /// Bytes that the process wrote.
    mutating func append(_ bytes: some Collection<UInt8>) {
        keep(bytes)
        for line in splitter.append(bytes) { say(line) }
    }

    /// A line of the host's own, which only the tail has.
    mutating func note(_ line: String) {
        keep(line.utf8)
        keep(CollectionOfOne(UInt8(ascii: "\n")))
    }

    /// Ends the invocation; the last bytes of its log when they were asked for.
    mutating func end() -> [UInt8]? {
        if let rest = splitter.finish() { say(rest) }
        if dropped > 0 {
            logger.notice(
                "the function's further lines are left out",
                metadata: metadata(["count": "\(dropped)"])
            )
        }
        defer {
            (requestID, tail) = (nil, nil)
            (written, dropped) = (0, 0)
        }
        return tail.map { Array($0.suffix(Self.tailBytes)) }
    }

    private mutating func say(_ line: String) {
        written += line.utf8.count + 1
        guard written <= Self.maximumBytes else {
            dropped += 1
            return
        }
        logger.notice("\(line)", metadata: metadata())
    }

    private func metadata(_ more: Logger.Metadata = [:]) -> Logger.Metadata {
        var metadata = more
        if let requestID { metadata["request"] = "\(requestID)" }
        return metadata
    }

    private mutating func keep(_ bytes: some Collection<UInt8>) {
        guard tail != nil else { return }
        tail?.append(contentsOf: bytes.suffix(Self.tailBytes))
        if let count = tail?.count, count > 4 * Self.tailBytes {
            tail?.removeFirst(count - Self.tailBytes)
        }
    }
}
