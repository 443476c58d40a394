import Dispatch
import Foundation
import Glibc
import Synchronization

/// A program with everything that it starts, in a process group of its own, none of which outlives
/// the program or this process.
///
/// The group's leader is a watcher: a shell that waits for the end of this process (``LifeLine``)
/// and then kills the group. So the group is gone after `kill -9` of this process too. What leaves
/// the group by `setsid` is on its own.
///
///     running ──▶ (the program ends, or is killed) the rest of the group is killed ──▶ gone
package final class ProcessGroup: Sendable {
    private struct State: Sendable {
        var end: ProcessEnd?
        var waiting: [CheckedContinuation<ProcessEnd, Never>] = []
    }

    /// The program's number.
    package let id: Int32
    private let leader: pid_t
    private let state = Mutex(State())
    /// What the program writes: a pipe to read from and to close.
    ///
    /// Of ``ProcessLaunch/output`` that
    /// is `merged`, standard error's is the same.
    package let output: Int32
    package let errors: Int32

    /// Starts a program; nothing is on its standard input.
    ///
    /// - Throws: `LaunchFault` with the reason.
    package init(_ launch: ProcessLaunch) throws(LaunchFault) {
        let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
        guard nothing >= 0, let life = LifeLine.shared else {
            let reason = String(cString: strerror(errno))
            throw LaunchFault("\(launch.program) cannot be started: \(reason)")
        }
        defer { close(nothing) }
        let pipes = try Self.pipes(launch.output)
        do throws(LaunchFault) {
            let streams = [nothing, nothing, nothing, life.reading]
            leader = try SpawnActions.spawn(Self.watcher, streams: streams, group: 0)
            do throws(LaunchFault) {
                id = try SpawnActions.spawn(
                    Self.limited(launch),
                    streams: [nothing, pipes[0].writing, pipes[pipes.count - 1].writing],
                    group: leader
                )
            } catch {
                kill(leader, SIGKILL)
                _ = Self.reap(leader)
                throw error
            }
        } catch {
            for pipe in pipes { pipe.close() }
            throw error
        }
        for pipe in pipes { close(pipe.writing) }
        output = pipes[0].reading
        errors = pipes[pipes.count - 1].reading
        watch()
    }

    /// Waits for the end of the program; nothing of its group is left then.
    package func end() async -> ProcessEnd {
        await withCheckedContinuation { continuation in
            let end = state.withLock { state in
                if state.end == nil { state.waiting.append(continuation) }
                return state.end
            }
            if let end { continuation.resume(returning: end) }
        }
    }

    /// Ends the program and what it started: at once, or after SIGTERM and some time.
    package func terminate(grace: Duration = .zero) {
        guard grace > .zero else { return signal(SIGKILL) }
        signal(SIGTERM)
        let (seconds, attoseconds) = grace.components
        let nanoseconds = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
        DispatchQueue.global().asyncAfter(deadline: .now() + .nanoseconds(Int(nanoseconds))) {
            [self] in signal(SIGKILL)
        }
    }

    // MARK: The system

    private static let watcher = ProcessLaunch(
        program: "/bin/sh",
        // SIGTERM is for the program: the group's watcher stays.
        arguments: ["-c", "trap '' TERM INT HUP; read -r end <&3; kill -9 0"],
        environment: [:],
        folder: "/"
    )

    /// The program behind a shell that sets its folder and its limits, and becomes it.
    private static func limited(_ launch: ProcessLaunch) -> ProcessLaunch {
        var limited = launch
        let data = launch.dataBytes.map { "ulimit -d \($0 / 1024); " } ?? ""
        limited.program = "/bin/sh"
        limited.arguments =
            [
                "-c",
                "cd -- \"$1\" || exit 126; shift; unset OLDPWD; ulimit -c 0; \(data)exec \"$@\"",
                "sh",
                launch.folder, launch.program,
            ] + launch.arguments
        return limited
    }

    /// One pipe, or two.
    private static func pipes(_ output: ProcessLaunch.Output) throws(LaunchFault) -> [PipeEnds] {
        let first = try PipeEnds()
        switch output {
        case .merged: return [first]
        case .apart:
            do {
                return [first, try PipeEnds()]
            } catch {
                first.close()
                throw error
            }
        }
    }

    private func signal(_ number: Int32) {
        state.withLock { if $0.end == nil { kill(-leader, number) } }
    }

    /// On a thread of its own, which costs little while it waits.
    private func watch() {
        let thread = Thread { [self] in
            var information = siginfo_t()
            while waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) != 0 && errno == EINTR {}
            let (end, waiting) = state.withLock { state in
                // The group keeps its number until its leader is waited for.
                kill(-leader, SIGKILL)
                let end = ProcessEnd(status: Self.reap(id))
                _ = Self.reap(leader)
                // Orphans of the group are this process's where it is the first one.
                while waitpid(-leader, nil, 0) > 0 || errno == EINTR {}
                state.end = end
                defer { state.waiting = [] }
                return (end, state.waiting)
            }
            for continuation in waiting { continuation.resume(returning: end) }
        }
        thread.name = "stepwell-process"
        thread.stackSize = 256 << 10
        thread.start()
    }

    private static func reap(_ id: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0 && errno == EINTR {}
        return status
    }
}
