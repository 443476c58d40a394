import ArgumentParser
import StepwellHistory
import StepwellInterpreter
import StepwellJSON

/// `sfnctl replay`: rebuilds executions from their logs, and proves the logs.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Rebuild executions from their logs; with --verify, prove the logs.",
        discussion: """
            The data directory is only read: beside a running server, or as kill -9 left it.
            --verify derives every record again from the definition and the recorded inputs and
            compares. Exit status 0: agrees, 1: diverged, 2: damage.

            EXAMPLES
              sfnctl replay orders:order-17 --data-dir data --verify
              sfnctl replay --all --verify --data-dir data --json
              sfnctl replay 42 --data-dir data --at 17
              sfnctl replay 42 --data-dir data --at r120
              sfnctl replay 42 --data-dir data --at 2026-11-22T20:44:00Z
            """
    )

    @Argument(help: "An ARN, machine:name (Express: machine:name:uuid), or a number.")
    var execution: ExecutionReference?

    @Flag(help: "Every execution.")
    var all = false

    @Option(help: "Where the log is.")
    var dataDir: String

    @Flag(help: "Derive every record again and compare.")
    var verify = false

    @Option(
        help: ArgumentHelp(
            "Stop behind an event's id, a record's ordinal, or a time.",
            valueName: "EVENT|rORDINAL|TIME"
        )
    )
    var at: ReplayPlace?

    @Flag(help: "Print one JSON document.")
    var json = false

    func validate() throws {
        guard (execution != nil) != all else {
            throw ValidationError("name one execution, or give --all")
        }
        guard at == nil || !all else {
            throw ValidationError("--at goes with one execution")
        }
    }

    func run() async throws {
        try await reporting {
            let directory = try DataDirectory(dataDir)
            let replay = ExecutionReplay(directory: directory, isVerifying: verify)
            if let execution {
                let (finding, state) = try replay.replay(directory.head(of: execution), to: at)
                var document = finding.document
                if let state { document["state"] = .object(state.document) }
                if json {
                    Terminal.line(JSONWriter.string(.object(document)))
                } else {
                    Terminal.line(finding.line)
                    for (key, value) in state?.document ?? JSONObject() {
                        Terminal.line("    \(key): \(JSONWriter.string(value))")
                    }
                }
                try exit(with: [finding.verdict])
            } else {
                try replayAll(replay)
            }
        }
    }

    private func replayAll(_ replay: ExecutionReplay) throws {
        var documents: [JSONValue] = []
        var verdicts: [ReplayFinding.Verdict] = []
        try replay.directory.eachHead { head in
            let (finding, _) = try replay.replay(head)
            verdicts.append(finding.verdict)
            if json {
                documents.append(.object(finding.document))
            } else if finding.verdict != .agrees && finding.verdict != .rebuilt {
                Terminal.line(finding.line)
            }
        }
        let good = verdicts.count { $0 == .agrees || $0 == .rebuilt || $0 == .chainOnly }
        if json {
            let document = JSONObject([
                ("executions", .array(documents)),
                ("total", .number(JSONNumber(Int64(verdicts.count)))),
                ("good", .number(JSONNumber(Int64(good)))),
            ])
            Terminal.line(JSONWriter.string(.object(document)))
        } else {
            let word = verify ? "agree" : "rebuilt"
            Terminal.line("\(good) of \(verdicts.count) executions \(word)")
        }
        try exit(with: verdicts)
    }

    private func exit(with verdicts: [ReplayFinding.Verdict]) throws {
        if verdicts.contains(.damage) { throw ExitCode(CommandFailure.Status.damage.rawValue) }
        if verdicts.contains(.diverged) { throw ExitCode(CommandFailure.Status.failed.rawValue) }
    }
}

extension ExecutionState {
    /// The state in brief, for people and machines.
    fileprivate var document: JSONObject {
        var document = JSONObject()
        document["status"] = .string(status.rawValue)
        document["startTime"] = .string(startTime.rfc3339)
        document["time"] = .string(lastTime.rfc3339)
        document["stopTime"] = stopTime.map { .string($0.rfc3339) }
        document["lastEventId"] = .number(JSONNumber(lastEventID))
        document["lastRecord"] = .number(JSONNumber(Int64(lastOrdinal.rawValue)))
        document["input"] = start.flatMap { try? JSONParser.parse($0.input.text) }
        document["output"] = output.flatMap { try? JSONParser.parse($0.text) }
        document["error"] = failure?.error.map { .string($0) }
        document["cause"] = failure?.cause.map { .string($0) }
        document["nextTimer"] = earliestTimer.map { .string($0.due.rfc3339) }
        let tasks = outstandingEffects().compactMap { effect -> JSONValue? in
            guard case .dispatch(let task, _) = effect else { return nil }
            return .object(
                JSONObject([
                    ("state", .string(task.stateName)), ("resource", .string(task.resource)),
                    ("scheduledEventId", .number(JSONNumber(task.scheduledEventID))),
                ])
            )
        }
        document["outstandingTasks"] = .array(tasks)
        return document
    }
}
