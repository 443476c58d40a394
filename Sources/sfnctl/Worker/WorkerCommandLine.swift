import Dispatch
import Foundation
import Glibc

/// The command that a worker runs for each task.
struct WorkerCommandLine: Sendable {
    /// The program and its arguments; a program without a slash is looked up in PATH.
    let words: [String]

    /// Runs the command once, with `input` on its standard input.
    ///
    /// `environment` is added to this process's. Cancelling the task ends the command, and what it
    /// started, with SIGTERM; 5 seconds later with SIGKILL.
    func run(input: [UInt8], environment: [String: String]) async throws -> EndedCommand {
        let (output, error) = (try OutputFile(), try OutputFile())
        let (reading, writing) = try Self.openPipe()
        let variables = ProcessInfo.processInfo.environment
            .merging(environment) { _, added in added }
        let process: SpawnedProcess
        do {
            defer { close(reading) }
            process = try SpawnedProcess(
                "/usr/bin/env",
                words,
                environment: variables.map { "\($0.key)=\($0.value)" },
                streams: [reading, output.descriptor, error.descriptor]
            )
        } catch {
            close(writing)
            throw error
        }
        Self.feed(input, to: writing)
        let end = await withTaskCancellationHandler {
            await process.end()
        } onCancel: {
            process.terminate()
        }
        return EndedCommand(end: end, output: output.contents, error: error.contents)
    }

    private static func openPipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else {
            throw CommandFailure(
                .failed,
                "no pipe can be made: \(String(cString: strerror(errno)))"
            )
        }
        // Or the command would hold the end that it waits to see closed.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    /// On a thread of its own: the command may be slow to read, or not read at all.
    private static func feed(_ bytes: [UInt8], to descriptor: Int32) {
        DispatchQueue.global().async {
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
            try? handle.write(contentsOf: Data(bytes))
            close(descriptor)
        }
    }
}
