import Dispatch
package import Logging
package import StepwellEngine
import StepwellJSON

/// Writes what follows from the log to a sink, as long as the engine runs.
///
/// It reads the log at its own pace. While the sink takes nothing, nothing is lost and nothing is
/// held in memory: the log is there.
package final class LogExport: Sendable {
    /// What is written.
    package enum Content: String, Sendable {
        /// History events as the state machines' logging configurations want them.
        case executionLogs = "execution logs"
        /// "Step Functions Execution Status Change" in EventBridge's form.
        case statusChanges = "status changes"
    }

    private let engine: Engine
    private let content: Content
    private let sink: any LineSink
    private let start: StoreCursor
    private let logger: Logger
    /// The sink may wait for a disk; no thread of the concurrency pool does.
    private let queue: DispatchQueue

    /// An export that goes on where its sink says, or begins here and now.
    ///
    /// - Throws: `LineSinkError`, `StoreError`.
    package init(
        _ content: Content,
        of engine: Engine,
        to sink: any LineSink,
        logger: Logger
    ) throws {
        self.engine = engine
        self.content = content
        self.sink = sink
        self.logger = logger
        queue = DispatchQueue(label: "stepwell-export")
        if let cursor = try sink.begin(in: engine.store.identity) {
            start = cursor
        } else {
            start = try engine.store.end()
            try sink.write([], upTo: start)
        }
    }

    /// Writes until the engine has ended and all that it made durable is written.
    package func run() async {
        do {
            switch content {
            case .executionLogs: try await exportLogs()
            case .statusChanges: try await exportStatusChanges()
            }
        } catch {
            logger.error(
                "the export has ended; it continues at the next start",
                metadata: ["export": "\(content.rawValue)", "error": "\(error)"]
            )
        }
    }

    private func exportLogs() async throws {
        var follower = try ExecutionFollower(engine: engine, scope: .logged, from: start)
        while let turns = try await follower.next() {
            var lines: [UInt8] = []
            for turn in turns {
                var execution = turn.execution
                for event in turn.events {
                    execution.pass(event)
                    guard let logged = ExecutionLogEvent(event, of: execution) else { continue }
                    JSONWriter.write(.object(logged.line), into: &lines)
                    lines.append(UInt8(ascii: "\n"))
                }
            }
            try await write(lines, upTo: follower.cursor)
        }
    }

    private func exportStatusChanges() async throws {
        var follower = try ExecutionFollower(engine: engine, scope: .standard, from: start)
        while let turns = try await follower.next() {
            var lines: [UInt8] = []
            let place = ExecutionStatusChanges.Place(cursor: follower.cursor)
            for turn in turns {
                for change in engine.statusChanges(in: turn, at: place) {
                    JSONWriter.write(.object(change.event), into: &lines)
                    lines.append(UInt8(ascii: "\n"))
                }
            }
            try await write(lines, upTo: follower.cursor)
        }
    }

    /// Writes until the sink has taken it; gives up when the engine ends.
    private func write(_ lines: [UInt8], upTo cursor: StoreCursor) async throws {
        var wasToldOff = false
        while true {
            do {
                try await attempt(lines, upTo: cursor)
                return
            } catch {
                guard !engine.isShuttingDown else { throw error }
                if !wasToldOff {
                    logger.error(
                        "an export cannot be written; retrying every second",
                        metadata: ["export": "\(content.rawValue)", "error": "\(error)"]
                    )
                }
                wasToldOff = true
                try await Task.sleep(for: .seconds(1))
            }
        }
    }

    private func attempt(_ lines: [UInt8], upTo cursor: StoreCursor) async throws {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { [sink] in
                continuation.resume(
                    with: Result { try sink.write(lines, upTo: cursor) }
                )
            }
        }
    }
}
