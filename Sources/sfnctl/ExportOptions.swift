import ArgumentParser
import Logging
import StepwellEngine
import StepwellServer

/// What a server writes of its executions for others to read.
struct ExportOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Appends what the state machines' logging configurations want, in CloudWatch Logs' "
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

    /// Starts writing; the task ends behind the engine.
    func start(_ engine: Engine, _ logger: Logger) throws -> Task<Void, Never> {
        var exports: [LogExport] = []
        for (content, path) in [
            (LogExport.Content.executionLogs, executionLogs), (.statusChanges, statusChanges),
        ] {
            guard let path else { continue }
            let sink: any LineSink =
                path == "-"
                ? LineOutput() : try LineFile(path: path, store: engine.store.identity)
            exports.append(try LogExport(content, of: engine, to: sink, logger: logger))
        }
        return Task { [exports] in
            await withTaskGroup { group in
                for export in exports { group.addTask { await export.run() } }
            }
        }
    }
}
