import ArgumentParser
import Foundation
import Glibc
import Stepwell
import StepwellServer
import Synchronization

/// Deploys the definitions of a project to a server, at its start and whenever they change.
final class DevSession: Sendable {
    /// The project's configuration file.
    static let configuration = "stepwell.yaml"
    /// The time between two looks at the files.
    private static let rest = Duration.milliseconds(250)

    private let runsTests: Bool
    private let work = Mutex<Task<Void, Never>?>(nil)

    init(runsTests: Bool) {
        self.runsTests = runsTests
    }

    /// Begins, once the server listens.
    func begin(_ engine: WorkflowEngine, _ address: HTTPServer.Address) {
        Terminal.line("console  \(address)/console/")
        Terminal.line("API      \(address)   (AWS_ENDPOINT_URL_SFN=\(address))")
        let task = Task { await follow(engine) }
        work.withLock { $0 = task }
    }

    /// Ends following; the server goes on with what was deployed.
    func end() {
        work.withLock { $0 }?.cancel()
    }

    private func follow(_ engine: WorkflowEngine) async {
        var known = ProjectFiles()
        await deploy(known.definitions.keys.sorted(), all: known, on: engine)
        if known.definitions.isEmpty {
            Self.say("there is no definition (*.asl.json, *.asl.yaml) yet", .yellow)
        }
        await test()
        while !Task.isCancelled {
            do { try await Task.sleep(for: Self.rest) } catch { return }
            let now = ProjectFiles()
            guard now != known else { continue }
            let changed = now.definitions.filter { known.definitions[$0.key] != $0.value }
            await deploy(changed.keys.sorted(), all: now, on: engine)
            for path in known.definitions.keys.sorted() where now.definitions[path] == nil {
                let name = DefinitionFile.name(of: path)
                Self.say("\(path) is gone; the state machine \(name) stays", .yellow)
            }
            if now.configuration != known.configuration {
                Self.say("\(Self.configuration) has changed", nil)
                // The server reads it again, as at any such signal.
                kill(getpid(), SIGHUP)
            }
            known = now
            await test()
        }
    }

    /// Deploys definitions; what is wrong with one is shown, and it stays as it was.
    private func deploy(_ paths: [String], all files: ProjectFiles, on engine: WorkflowEngine) async
    {
        for path in paths {
            let name = DefinitionFile.name(of: path)
            let others = files.definitions.keys.filter { DefinitionFile.name(of: $0) == name }
            if let first = others.min(), first != path {
                Self.say("\(path) is not deployed: \(first) is called \(name) too", .red)
                continue
            }
            do {
                let file = try DefinitionFile(path: path, substitutions: Substitutions(values: [:]))
                let isNew = try await file.deployIfChanged(on: engine)
                Self.say("\(name) \(isNew ? "deployed" : "is unchanged") (\(path))", .green)
            } catch {
                Terminal.note(CommandFailure(error).description)
                Self.say("\(name) keeps its last good definition, if it has one", .red)
            }
        }
    }

    private func test() async {
        guard runsTests, !Task.isCancelled else { return }
        do {
            let found = try SuiteFiles.find(["."])
            guard !found.isEmpty else { return }
            let session = TestSession(command: try TestCommand.parse([]))
            let reports = try await session.run(try SuiteFiles.read(found))
            for line in TestSummary(reports).lines { Terminal.line(line) }
        } catch {
            Terminal.note(CommandFailure(error).description)
        }
    }

    private static func say(_ text: String, _ colour: Terminal.Colour?) {
        let time = Date.now.formatted(
            Date.VerbatimFormatStyle(
                format: """
                    \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\
                    \(minute: .twoDigits):\(second: .twoDigits)
                    """,
                timeZone: .current,
                calendar: Calendar(identifier: .gregorian)
            )
        )
        let plain = Terminal.coloured(Terminal.plain(text), colour, on: .output)
        Terminal.line("\(time)  \(plain)")
    }
}
