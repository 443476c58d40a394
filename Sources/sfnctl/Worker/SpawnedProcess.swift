import Dispatch
import Glibc
import Synchronization

/// A program that runs in a process group of its own.
///
/// Not Foundation's: that one takes a program for running as long as anything it left behind runs.
final class SpawnedProcess: Sendable {
    private let id: pid_t
    /// Whether the process was waited for: its number may be another's then.
    private let isGone = Mutex(false)

    /// Starts a program with the descriptors that become its first three.
    ///
    /// - Throws: `CommandFailure` when it cannot be started.
    init(
        _ program: String,
        _ arguments: [String],
        environment: [String],
        streams: [Int32]
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, stream) in streams.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, stream, Int32(number))
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
        posix_spawnattr_setflags(&attributes, Int16(flags))
        // This process blocks some signals, its commands shall not.
        var blocked = sigset_t()
        sigemptyset(&blocked)
        posix_spawnattr_setsigmask(&attributes, &blocked)
        // This process ignores it, its commands shall not.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        var started: pid_t = 0
        let code = Self.withPointers([program] + arguments) { words in
            Self.withPointers(environment) { environment in
                posix_spawn(&started, program, &actions, &attributes, words, environment)
            }
        }
        guard code == 0 else {
            let reason = String(cString: strerror(code))
            throw CommandFailure(.failed, "\(program): \(reason)")
        }
        id = started
    }

    /// Waits for the end of the program, not of what it leaves behind.
    func end() async -> EndedCommand.End {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [self] in continuation.resume(returning: wait()) }
        }
    }

    /// Ends the program and what it started with SIGTERM, 5 seconds later with SIGKILL.
    func terminate() {
        signal(SIGTERM)
        DispatchQueue.global().asyncAfter(deadline: .now() + 5) { [self] in signal(SIGKILL) }
    }

    private func signal(_ number: Int32) {
        isGone.withLock { if !$0 { kill(-id, number) } }
    }

    private func wait() -> EndedCommand.End {
        var information = siginfo_t()
        while waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) != 0 && errno == EINTR {}
        return isGone.withLock { isGone in
            var status: Int32 = 0
            while waitpid(id, &status, 0) < 0 && errno == EINTR {}
            isGone = true
            let signal = status & 0x7F
            return signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: signal)
        }
    }

    private static func withPointers<Value>(
        _ texts: [String],
        _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
    ) -> Value {
        let pointers = texts.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }
}
