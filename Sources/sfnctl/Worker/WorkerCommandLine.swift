import ArgumentParser
import Foundation
import StepwellIntegrations

/// The command that a worker runs for each task.
struct WorkerCommandLine: Sendable {
    /// What is kept of each of the command's streams, in bytes: far more than a task may give.
    private static let largestOutput = 64 << 20
    /// How long a command that is ended has between SIGTERM and SIGKILL.
    private static let grace = Duration.seconds(5)

    private let program: String
    private let arguments: [String]

    /// Finds the program, without a slash in PATH.
    ///
    /// - Throws: `ValidationError` when there is none.
    init(words: [String]) throws {
        let folder = FileManager.default.currentDirectoryPath
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ProgramSearch.standardPath
        guard let first = words.first,
            let program = ProgramSearch.file(of: first, path: path, folder: folder)
        else {
            throw ValidationError("there is no program '\(words.first ?? "")' that can be run")
        }
        self.program = program
        arguments = Array(words.dropFirst())
    }

    /// Runs the command once, with `input` on its standard input.
    ///
    /// `environment` is added to this process's. Cancelling the task ends the command, and what it
    /// started, with SIGTERM; 5 seconds later with SIGKILL. What the command leaves behind ends
    /// with it, and with this process.
    func run(input: [UInt8], environment: [String: String]) async throws -> EndedCommand {
        var launch = ProcessLaunch(
            program: program,
            arguments: arguments,
            environment: ProcessInfo.processInfo.environment
                .merging(environment) { _, added in added },
            folder: FileManager.default.currentDirectoryPath
        )
        launch.input = input
        let run: GatheredRun
        do throws(LaunchFault) {
            run = try await GatheredRun.of(launch, limit: Self.largestOutput, grace: Self.grace)
        } catch {
            throw CommandFailure(.failed, error.description)
        }
        return EndedCommand(run)
    }
}
