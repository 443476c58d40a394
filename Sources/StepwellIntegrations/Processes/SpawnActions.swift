import Foundation
import Glibc

/// Starts programs with nothing of this process but what is named.
enum SpawnActions {
    /// Starts a program.
    ///
    /// `streams` become its first descriptors, every other is closed; `group` is the process group
    /// that it joins, 0 for one of its own. Signals are as they are by default. The folder and the
    /// limits are left to the program.
    ///
    /// - Throws: `LaunchFault` with the reason.
    static func spawn(
        _ launch: ProcessLaunch,
        streams: [Int32],
        group: pid_t
    ) throws(LaunchFault) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, stream) in streams.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, stream, Int32(number))
        }
        for leak in leaks() where leak >= streams.count {
            posix_spawn_file_actions_addclose(&actions, leak)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
        posix_spawnattr_setflags(&attributes, Int16(flags))
        posix_spawnattr_setpgroup(&attributes, group)
        // This process blocks some signals and ignores others, its programs shall not.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        let variables = launch.environment.sorted { $0.key < $1.key }
        var started: pid_t = 0
        let code = withPointers([launch.program] + launch.arguments) { words in
            withPointers(variables.map { "\($0.key)=\($0.value)" }) { variables in
                posix_spawn(&started, launch.program, &actions, &attributes, words, variables)
            }
        }
        guard code == 0 else {
            let reason = String(cString: strerror(code))
            throw LaunchFault("\(launch.program) cannot be started: \(reason)")
        }
        return started
    }

    /// Descriptors that programs would inherit.
    private static func leaks() -> [Int32] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        return (names ?? []).compactMap { Int32($0) }.filter { descriptor in
            let flags = fcntl(descriptor, F_GETFD)
            return flags >= 0 && flags & FD_CLOEXEC == 0
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
