import Dispatch
import Foundation
import Glibc
import Synchronization

/// A program with everything that it starts, in a process group of its own, none of which outlives
/// the program or this process.
///
/// The group's leader is a watcher: a shell that waits for the end of this process (``LifeLine``)
/// and then kills the group. So the group is gone after `kill -9` of this process too. What leaves
/// the group by `setsid` is found by a variable that everything below the program has in its
/// environment (``ProcessMark``); only who leaves and throws its environment away is on its own.
///
///     running ──▶ (the program ends, or is killed) the rest of the group is killed ──▶ gone
package final class ProcessGroup: Sendable {
    private struct State: Sendable {
        var end: ProcessEnd?
        /// Whether the group's number may be another's.
        var isReaped = false
        var waiting: [CheckedContinuation<ProcessEnd, Never>] = []
    }

    /// The program's number.
    package let id: Int32
    let leader: pid_t
    private let mark = ProcessMark()
    private let state = Mutex(State())
    /// What the program writes: a pipe to read from and to close.
    ///
    /// Of ``ProcessLaunch/output`` that
    /// is `merged`, standard error's is the same.
    package let output: Int32
    package let errors: Int32

    /// Starts a program.
    ///
    /// - Throws: `LaunchFault` with the reason.
    package init(_ launch: ProcessLaunch) throws(LaunchFault) {
        let nothing = PipeEnds.moved(open("/dev/null", O_RDWR | O_CLOEXEC))
        guard nothing >= 0, let life = LifeLine.shared else {
            let reason = String(cString: strerror(errno))
            throw LaunchFault("\(launch.program) cannot be started: \(reason)")
        }
        defer { close(nothing) }
        let pipes = try Self.pipes(launch)
        let (input, outputs) = (pipes.input, pipes.outputs)
        do throws(LaunchFault) {
            let streams = [nothing, nothing, nothing, life.reading]
            leader = try SpawnActions.spawn(
                Self.watcher(mark, launch),
                streams: streams,
                group: 0
            )
            do throws(LaunchFault) {
                id = try SpawnActions.spawn(
                    Self.limited(launch, mark),
                    streams: [
                        input?.reading ?? nothing, outputs[0].writing,
                        outputs[outputs.count - 1].writing,
                    ],
                    group: leader
                )
            } catch {
                kill(leader, SIGKILL)
                _ = Self.reap(leader)
                throw error
            }
        } catch {
            for pipe in outputs + [input].compactMap(\.self) { pipe.close() }
            throw error
        }
        for pipe in outputs { close(pipe.writing) }
        output = outputs[0].reading
        errors = outputs[outputs.count - 1].reading
        if let input, let bytes = launch.input {
            close(input.reading)
            PipeFeed.start(bytes, to: input.writing)
        }
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

    /// Whether the program has ended, and everything of its group.
    var hasEnded: Bool { state.withLock { $0.end != nil } }

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

    /// What leads the group; killed, with the group, when the program ends first.
    ///
    /// SIGTERM is for the program: the group's watcher stays.
    private static func watcher(_ mark: ProcessMark, _ launch: ProcessLaunch) -> ProcessLaunch {
        let ending = launch.ending ?? []
        return ProcessLaunch(
            program: "/bin/sh",
            arguments: ["-c", watching, "sh", mark.text] + ending,
            environment: ending.isEmpty
                ? ["PATH": ProgramSearch.standardPath] : launch.environment,
            folder: "/"
        )
    }

    private static let watching = """
        trap '' TERM INT HUP
        read -r end <&3
        mark=$1
        shift
        round=0
        while [ $round -lt 100 ]; do
            found=
            for file in $(grep -lsz "^$mark\\$" /proc/[0-9]*/environ); do
                process=${file#/proc/}
                kill -9 "${process%/environ}" && found=1
            done 2>/dev/null
            [ -n "$found" ] || break
            round=$((round + 1))
        done
        [ $# -gt 0 ] && timeout 60 "$@"
        kill -9 0
        """

    /// The program behind a shell that sets its folder and its limits, and becomes it.
    private static func limited(_ launch: ProcessLaunch, _ mark: ProcessMark) -> ProcessLaunch {
        var limited = launch
        limited.environment[ProcessMark.name] = mark.value
        let data = launch.dataBytes.map { "ulimit -d \($0 / 1024); " } ?? ""
        let most = launch.furtherProcesses.map { ProcessTable.current().threads + $0 }
        // The letter is bash's, or dash's.
        let processes = most.map { "ulimit -u \($0) 2>&- || ulimit -p \($0) 2>&-; " } ?? ""
        let place = "cd -- \"$1\" || exit 126; shift; unset OLDPWD; "
        let script = place + "ulimit -c 0; " + data + processes + "exec \"$@\""
        limited.program = "/bin/sh"
        limited.arguments =
            ["-c", script, "sh", launch.folder, launch.program] + launch.arguments
        return limited
    }

    /// A pipe to write to when there is something to, and one to read from, or two.
    private static func pipes(
        _ launch: ProcessLaunch
    ) throws(LaunchFault) -> (input: PipeEnds?, outputs: [PipeEnds]) {
        var made: [PipeEnds] = []
        let (inputs, outputs) = (launch.input == nil ? 0 : 1, launch.output == .merged ? 1 : 2)
        do throws(LaunchFault) {
            while made.count < inputs + outputs { made.append(try PipeEnds()) }
        } catch {
            for pipe in made { pipe.close() }
            throw error
        }
        return (inputs == 0 ? nil : made.removeFirst(), made)
    }

    private func signal(_ number: Int32) {
        state.withLock { if !$0.isReaped { kill(-leader, number) } }
    }

    /// On a thread of its own, which costs little while it waits.
    private func watch() {
        let thread = Thread { [self] in
            var information = siginfo_t()
            while waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) != 0 && errno == EINTR {}
            kill(-leader, SIGKILL)
            mark.killAll()
            let (end, waiting) = state.withLock { state in
                // The group keeps its number until its leader is waited for.
                let end = ProcessEnd(status: Self.reap(id))
                _ = Self.reap(leader)
                // Orphans of the group are this process's where it is the first one.
                while waitpid(-leader, nil, 0) > 0 || errno == EINTR {}
                (state.end, state.isReaped) = (end, true)
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
