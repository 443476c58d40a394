import ArgumentParser
import Foundation
import Glibc
import Logging
import StepwellIntegrations
import StepwellServer

/// `sfnctl dev`: a server that follows the files of a project.
struct DevCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dev",
        abstract: "Serve a project and follow its files while you edit them.",
        discussion: """
            Serves the API and the console as `serve` does, by the project's stepwell.yaml \
            where there is one, with everything kept in .stepwell/. Every *.asl.json, \
            *.asl.yaml and *.asl.yml below the directory is a state machine, named by its \
            file; it is deployed again when the file changes. One that has problems keeps \
            its last good definition, and the problems are shown with their places. \
            Functions are taken up by themselves when their code changes, stepwell.yaml is \
            read again, and with --test the tests run after every change.

            EXAMPLES
              sfnctl dev
              sfnctl dev shop --test --port 9000
            """
    )

    @Argument(help: "The project's directory.")
    var directory = "."

    @Option(help: "The port to listen at; 0 takes any that is free. (default: 8083)")
    var port: Int?

    @Flag(help: "Run the tests (*.test.yaml) at the start and after every change.")
    var test = false

    @OptionGroup
    var engine: EngineOptions

    func run() async throws {
        signal(SIGPIPE, SIG_IGN)
        let log = LogStream()
        defer { log.finish(withinMilliseconds: 300) }
        try await reporting {
            guard FileManager.default.changeCurrentDirectoryPath(directory) else {
                throw CommandFailure(.badInput, "\(directory): there is no such directory")
            }
            let settings = try ServeSettings(try serveCommand())
            let ring = LogRing()
            let logger = settings.options.log.logger(log, ring)
            let session = DevSession(runsTests: test)
            defer { session.end() }
            var serve = ServeSession(settings: settings, logger: logger, log: ring)
            serve.bound = { engine, address in session.begin(engine, address) }
            try await serve.run()
        }
    }

    /// The server's options: what the project's configuration does not say.
    private func serveCommand() throws -> ServeCommand {
        var arguments: [String] = []
        var file = ConfigurationFile()
        if FileManager.default.fileExists(atPath: DevSession.configuration) {
            file = try ConfigurationFile(path: DevSession.configuration)
            arguments += ["--config", DevSession.configuration]
        }
        if file.server.dataDirectory == nil { arguments += ["--data-dir", ".stepwell/data"] }
        if let port { arguments += ["--port", "\(port)"] }
        if let scale = engine.timeScale { arguments += ["--time-scale", "\(scale)"] }
        do {
            return try ServeCommand.parse(arguments)
        } catch {
            throw CommandFailure(.usage, ServeCommand.message(for: error))
        }
    }
}
