import Foundation
import Synchronization

/// The command that a worker runs for each task.
struct WorkerCommandLine: Sendable {
    /// The program and its arguments; a program without a slash is looked up in PATH.
    let words: [String]

    /// Runs the command once, with `input` on its standard input.
    ///
    /// `environment` is added to this process's. Cancelling the task ends the command with SIGTERM.
    func run(input: [UInt8], environment: [String: String]) async throws -> EndedCommand {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        process.environment = ProcessInfo.processInfo.environment
            .merging(environment) { _, added in added }
        let (standardInput, standardOutput, standardError) = (Pipe(), Pipe(), Pipe())
        process.standardInput = standardInput
        process.standardOutput = standardOutput
        process.standardError = standardError
        let handle = RunningProcess(process)
        async let output = Self.everything(from: standardOutput.fileHandleForReading)
        async let error = Self.everything(from: standardError.fileHandleForReading)
        let end = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                handle.start(continuation)
                Self.feed(input, to: standardInput.fileHandleForWriting)
            }
        } onCancel: {
            handle.terminate()
        }
        return EndedCommand(end: end, output: await output, error: await error)
    }

    /// On a thread of its own: the command may be slow to read, or not read at all.
    private static func feed(_ bytes: [UInt8], to handle: FileHandle) {
        DispatchQueue.global().async {
            try? handle.write(contentsOf: Data(bytes))
            try? handle.close()
        }
    }

    private static func everything(from handle: FileHandle) async -> [UInt8] {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                let data = (try? handle.readToEnd()) ?? Data()
                continuation.resume(returning: Array(data))
            }
        }
    }
}

/// A process that may be asked to end from another task.
private final class RunningProcess: Sendable {
    private let process: Mutex<Process?>

    init(_ process: sending Process) {
        self.process = Mutex(process)
    }

    func start(_ continuation: CheckedContinuation<EndedCommand.End, any Error>) {
        process.withLock { process in
            guard let process else { return }
            process.terminationHandler = { ended in
                let status = ended.terminationStatus
                continuation.resume(
                    returning: ended.terminationReason == .exit
                        ? .exited(status) : .killed(signal: status)
                )
            }
            do {
                try process.run()
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }

    func terminate() {
        process.withLock { process in
            if let process, process.isRunning { process.terminate() }
        }
    }
}
