import Logging
import Synchronization

/// Keeps what is logged.
final class RecordingLog: Sendable {
    private let kept = Mutex<[String]>([])

    /// Level and message of each line.
    var lines: [String] { kept.withLock { $0 } }

    /// A logger that writes here.
    var logger: Logger { Logger(label: "test") { _ in Handler(log: self) } }

    private struct Handler: LogHandler {
        let log: RecordingLog
        var logLevel = Logger.Level.info
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            log.kept.withLock { $0.append("\(event.level): \(event.message)") }
        }
    }
}
