import NIOCore
import NIOPosix
import Synchronization

/// Runs programs as process groups of this machine.
package struct ProcessCommandRunner: LocalCommandRunning {
    /// How long a program has between SIGTERM and SIGKILL.
    private static let grace = Duration.seconds(5)
    /// How long what a program wrote may take to be read, once it has ended.
    private static let readingTime = Duration.seconds(1)

    package init() {}

    package func run(
        _ command: LocalCommand,
        line: @escaping @Sendable (String) -> Void
    ) async -> LocalCommandEnd {
        let end = await Self.process(command, command.words, ending: command.ending, line)
        if Task.isCancelled, let ending = command.ending {
            // Not of the task that was cancelled: the container has to be gone.
            _ = await Task { await Self.process(command, ending, ending: nil) { _ in } }.value
        }
        return end
    }

    private static func process(
        _ command: LocalCommand,
        _ words: [String],
        ending: [String]?,
        _ line: @escaping @Sendable (String) -> Void
    ) async -> LocalCommandEnd {
        if Task.isCancelled { return .notStarted("it was called back") }
        guard let name = words.first else { return .notStarted("there is no command") }
        let path = command.environment["PATH"] ?? ProgramSearch.standardPath
        guard
            let program = ProgramSearch.file(of: name, path: path, folder: command.directory)
        else { return .notStarted("there is no program '\(name)'") }
        var launch = ProcessLaunch(
            program: program,
            arguments: Array(words.dropFirst()),
            environment: command.environment,
            folder: command.directory
        )
        launch.ending = ending
        let group: ProcessGroup
        do throws(LaunchFault) {
            group = try ProcessGroup(launch)
        } catch {
            return .notStarted(error.description)
        }
        let output = OutputLines(line)
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let reader = PipeReader.start(group.output, on: loop) { output.take($0) }
        let end = await withTaskCancellationHandler {
            await group.end()
        } onCancel: {
            group.terminate(grace: Self.grace)
        }
        await output.end(within: Self.readingTime)
        reader.whenSuccess { $0.close(promise: nil) }
        return switch end {
        case .exited(let code): .exited(code)
        case .killed(let signal): .killed(signal: signal)
        }
    }
}

/// Cuts what a program writes into lines, and knows when it writes no more.
private final class OutputLines: Sendable {
    private struct State: Sendable {
        var splitter = LineSplitter()
        var isOver = false
    }

    private let line: @Sendable (String) -> Void
    private let state = Mutex(State())
    private let ends: AsyncStream<Void>
    private let ending: AsyncStream<Void>.Continuation

    init(_ line: @escaping @Sendable (String) -> Void) {
        self.line = line
        (ends, ending) = AsyncStream.makeStream(of: Void.self)
    }

    /// Takes what was written; nil at its end.
    func take(_ buffer: ByteBuffer?) {
        let lines = state.withLock { state -> [String] in
            if state.isOver { return [] }
            guard let buffer else {
                state.isOver = true
                return state.splitter.finish().map { [$0] } ?? []
            }
            return state.splitter.append(buffer.readableBytesView)
        }
        for text in lines { line(text) }
        if buffer == nil { ending.finish() }
    }

    /// Waits for the end of what is written, or until the time is over: something that the program
    /// left behind may hold it open.
    func end(within time: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [ends] in for await _ in ends {} }
            group.addTask { try? await Task.sleep(for: time) }
            await group.next()
            group.cancelAll()
        }
        take(nil)
    }
}
