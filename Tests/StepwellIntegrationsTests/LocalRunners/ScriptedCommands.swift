import StepwellIntegrations
import Synchronization

/// Programs as a test has them: each ends as its last word says, a number or `hang`.
final class ScriptedCommands: LocalCommandRunning {
    private struct State: Sendable {
        var commands: [LocalCommand] = []
        var running = 0
        var most = 0
    }

    private let state = Mutex(State())

    /// What was run, in order.
    var commands: [LocalCommand] { state.withLock { $0.commands } }

    /// How many ran at once at most.
    var most: Int { state.withLock { $0.most } }

    func run(
        _ command: LocalCommand,
        line: @escaping @Sendable (String) -> Void
    ) async -> LocalCommandEnd {
        state.withLock { state in
            state.commands.append(command)
            state.running += 1
            state.most = max(state.most, state.running)
        }
        defer { state.withLock { $0.running -= 1 } }
        line("begins")
        switch command.words.last {
        case "hang"?:
            while !Task.isCancelled { await Task.yield() }
            return .killed(signal: 15)
        case "none"?: return .notStarted("there is no program 'none'")
        case let word?: return .exited(Int32(word) ?? 0)
        case nil: return .notStarted("there is no command")
        }
    }
}
