import ArgumentParser
import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellReplay

/// `sfnctl replay`: rebuilds executions from their logs, and proves the logs.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Rebuild executions from their logs; with --verify, prove the logs.",
        discussion: """
            The data directory is only read: beside a running server, or as kill -9 left it. \
            --verify derives every record again from the definition and the recorded inputs and \
            compares. What the execution is there, or is at --at, is shown as `sfnctl describe` \
            shows it, with the record asked for.

            EXAMPLES
              sfnctl replay orders:order-17 --data-dir data --verify
              sfnctl replay --all --verify --data-dir data --json
              sfnctl replay orders:order-17 --data-dir data --at 3
              sfnctl replay orders:order-17 --data-dir data --at r2 --verify
              sfnctl replay 42 --data-dir data --at 2099-11-22T20:44:00Z

            EXIT STATUS
              0   the log agrees
              1   it diverged, or there is no such execution
              2   it is damaged
            """
    )

    @Argument(
        help: ArgumentHelp(
            "An ARN, machine:name (Express: machine:name:uuid), or a number.",
            valueName: "EXECUTION"
        )
    )
    var execution: ExecutionReference?

    @Flag(help: "Every execution.")
    var all = false

    @Option(
        help: ArgumentHelp("Where the log is. (default: STEPWELL_DATA_DIR)", valueName: "DIR")
    )
    var dataDir: String?

    @Flag(help: "Derive every record again and compare.")
    var verify = false

    @Option(
        help: ArgumentHelp(
            "Stop after an event ID (17), a record (r17), or a time (RFC 3339).",
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
            let directory = try DataDirectory(try StandardDirectory.path(dataDir))
            var replay = ExecutionReplay(directory: directory, isVerifying: verify)
            if let execution {
                replay.isTelling = true
                let head = try directory.head(of: execution)
                let (finding, replayer) = try replay.replay(head, to: at)
                show(finding, replayer.flatMap { ReplayedPicture($0, of: head) })
                try exit(with: [finding.verdict])
            } else {
                try replayAll(replay)
            }
        }
    }

    private func show(_ finding: ReplayFinding, _ picture: ReplayedPicture?) {
        if json {
            var document = finding.document
            document["record"] = picture.flatMap { $0.record }.map { .object($0) }
            document["state"] = picture.map { .object($0.document) }
            return Terminal.line(JSONWriter.string(.object(document)))
        }
        Terminal.line(finding.line)
        guard let picture else { return }
        if at != nil, let record = picture.record {
            Terminal.line("    record: \(Terminal.plain(JSONWriter.string(.object(record))))")
        }
        let width = Terminal.width(of: .output).map { $0 - 4 }
        let tree = PictureTree(picture.document, now: picture.time, width: width)
        for line in tree.drawing() { Terminal.line("    " + line) }
    }

    private func replayAll(_ replay: ExecutionReplay) throws {
        var documents: [JSONValue] = []
        var verdicts: [ReplayFinding.Verdict] = []
        var progress = Progress(of: try replay.directory.highestNumber(), what: "executions")
        try replay.directory.eachHead { head in
            let (finding, _) = try replay.replay(head)
            verdicts.append(finding.verdict)
            progress.show(head.execution.rawValue)
            if json {
                documents.append(.object(finding.document))
            } else if finding.verdict != .agrees && finding.verdict != .rebuilt {
                progress.clear()
                Terminal.line(finding.line)
            }
        }
        progress.clear()
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
