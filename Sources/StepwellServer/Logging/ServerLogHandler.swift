package import Logging
import StepwellEngine
import StepwellHistory
import StepwellJSON

/// Writes a server's log to a stream, as text or as JSON, and keeps its newest lines.
package struct ServerLogHandler: LogHandler {
    /// How lines are written.
    package enum Format: String, Sendable, CaseIterable {
        /// As swift-log's own handler does: time, level, names and values, message.
        case text
        /// One JSON object a line: `time`, `level`, `logger`, `message`, `metadata`.
        case json
    }

    package var logLevel: Logger.Level {
        get { text.logLevel }
        set { text.logLevel = newValue }
    }
    package var metadata: Logger.Metadata {
        get { text.metadata }
        set { text.metadata = newValue }
    }

    private let label: String
    private let format: Format
    private let stream: LogStream
    private let ring: LogRing
    private var text: StreamLogHandler

    /// A handler of a logger with a label.
    package init(label: String, format: Format, stream: LogStream, ring: LogRing) {
        self.label = label
        self.format = format
        self.stream = stream
        self.ring = ring
        text = StreamLogHandler(label: label, stream: stream)
    }

    /// A value that goes with every line.
    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { text[metadataKey: key] }
        set { text[metadataKey: key] = newValue }
    }

    /// Writes an event.
    package func log(event: LogEvent) {
        let time = SystemClock().now()
        var all = metadata.merging(event.metadata ?? [:]) { _, new in new }
        if let error = event.error { all["error"] = "\(error)" }
        let values = all.map { (name: $0.key, value: "\($0.value)") }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        ring.add(event.level, "\(event.message)", values, at: time)
        switch format {
        case .text: text.log(event: event)
        case .json: writeJSON(event, values, time)
        }
    }

    private func writeJSON(
        _ event: LogEvent,
        _ values: [(name: String, value: String)],
        _ time: Timestamp
    ) {
        var line = JSONObject()
        line["time"] = .string(time.rfc3339)
        line["level"] = .string(event.level.rawValue)
        line["logger"] = .string(label)
        line["message"] = .string("\(event.message)")
        if !values.isEmpty {
            line["metadata"] = .object(JSONObject(values.map { ($0.name, .string($0.value)) }))
        }
        stream.write(String(decoding: JSONWriter.write(.object(line)), as: UTF8.self) + "\n")
    }
}
