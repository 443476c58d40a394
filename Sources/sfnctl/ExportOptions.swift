import ArgumentParser
import Logging
import StepwellEngine
import StepwellServer

/// What a server writes of its executions for others to read.
struct ExportOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Appends what the state machines' logging configurations ask for, in CloudWatch Logs' "
                + "form, one JSON object a line; - is standard output. FILE.cursor says how far "
                + "it is.",
            valueName: "FILE"
        )
    )
    var executionLogs: String?

    @Option(
        help: ArgumentHelp(
            "Appends the executions' changes of status, in EventBridge's form, one JSON object a "
                + "line; - is standard output. FILE.cursor says how far it is.",
            valueName: "FILE"
        )
    )
    var statusChanges: String?

    func validate() throws {
        guard executionLogs != statusChanges || executionLogs == nil || executionLogs == "-" else {
            throw ValidationError("--execution-logs and --status-changes need a file each")
        }
    }

    /// Whether standard output is for what is written, and for nothing else.
    var takesOutput: Bool { executionLogs == "-" || statusChanges == "-" }

    /// Starts writing, until the engine has ended.
    ///
    /// A destination that does not answer in time is begun with when it does.
    func start(_ engine: Engine, _ logger: Logger) throws -> RunningExports {
        let exports = RunningExports()
        for (content, path) in [
            (LogExport.Content.executionLogs, executionLogs), (.statusChanges, statusChanges),
        ] {
            guard let path else { continue }
            let opening = SlowCall {
                Result {
                    let sink: any LineSink =
                        path == "-"
                        ? LineOutput() : try LineFile(path: path, store: engine.store.identity)
                    return try LogExport(content, of: engine, to: sink, logger: logger)
                }
            }
            if let opened = opening.value(withinMilliseconds: 2000) {
                let export = try opened.get()
                exports.run { await export.run() }
            } else {
                logger.warning("\(path) does not respond; it is written as soon as it does")
                exports.run {
                    switch await opening.value {
                    case .success(let export): await export.run()
                    case .failure(let error): logger.error("\(path) is not written: \(error)")
                    }
                }
            }
        }
        return exports
    }
}
