import Glibc

/// How a program ended.
package enum ProcessEnd: Sendable, Hashable, CustomStringConvertible {
    case exited(Int32)
    case killed(signal: Int32)

    /// As `waitpid` tells it.
    init(status: Int32) {
        let signal = status & 0x7F
        self = signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: signal)
    }

    /// In the words of Lambda's runtimes: `exit status 1`, `signal: killed`.
    package var description: String {
        switch self {
        case .exited(let status): "exit status \(status)"
        case .killed(let signal): "signal: \(Self.name(of: signal))"
        }
    }

    private static let names: [Int32: String] = [
        SIGHUP: "hangup", SIGINT: "interrupt", SIGQUIT: "quit", SIGILL: "illegal instruction",
        SIGTRAP: "trace/breakpoint trap", SIGABRT: "aborted", SIGBUS: "bus error",
        SIGFPE: "floating point exception", SIGKILL: "killed", SIGSEGV: "segmentation fault",
        SIGPIPE: "broken pipe", SIGALRM: "alarm clock", SIGTERM: "terminated",
    ]

    private static func name(of signal: Int32) -> String {
        names[signal] ?? "signal \(signal)"
    }
}
