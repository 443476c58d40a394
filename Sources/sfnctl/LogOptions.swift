import ArgumentParser
import Logging
import StepwellServer

/// Options of `serve` that concern its log, on standard error.
struct LogOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The log level: \(Self.levels) (default: notice)",
            valueName: "LEVEL"
        )
    )
    var logLevel: String?

    @Option(
        help: ArgumentHelp(
            "How the log is written: text, or json with one object a line. (default: text)",
            valueName: "FORMAT"
        )
    )
    var logFormat: String?

    @Option(
        help: ArgumentHelp(
            "Appends every request and how it was answered, one JSON object a line; - is standard "
                + "output.",
            valueName: "FILE"
        )
    )
    var accessLog: String?

    private static let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")

    func validate() throws {
        if let logLevel, Logger.Level(rawValue: logLevel) == nil {
            throw ValidationError("--log-level must be one of \(Self.levels)")
        }
        if let logFormat, ServerLogHandler.Format(rawValue: logFormat) == nil {
            throw ValidationError("--log-format must be text or json")
        }
    }

    /// A logger of a program that writes to a stream and keeps the newest lines.
    func logger(_ stream: LogStream, _ ring: LogRing) -> Logger {
        let format = logFormat.flatMap { ServerLogHandler.Format(rawValue: $0) } ?? .text
        var logger = Logger(label: "sfnctl") {
            ServerLogHandler(label: $0, format: format, stream: stream, ring: ring)
        }
        logger.logLevel = logLevel.flatMap { Logger.Level(rawValue: $0) } ?? .notice
        return logger
    }
}
