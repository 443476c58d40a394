import Foundation
import Glibc

/// A variable that a program has in its environment, and so has everything that it starts, whatever
/// group or session that goes to: by it they are found.
struct ProcessMark: Sendable {
    /// The variable's name.
    static let name = "STEPWELL_PROCESS_GROUP"
    /// How often is looked for more of them, before those are left that start each other as fast as
    /// they are killed.
    private static let maximumRounds = 100

    /// The variable's value: no other mark's.
    let value = UUID().uuidString

    /// The variable as an environment has it.
    var text: String { "\(Self.name)=\(value)" }

    /// Kills everything that has the mark, until there is nothing more; blocks meanwhile.
    func killAll() {
        for _ in 0..<Self.maximumRounds {
            let found = processes()
            if found.isEmpty { return }
            for process in found {
                kill(process, SIGKILL)
                // Where this process is the first one, orphans are its own.
                waitpid(process, nil, WNOHANG)
            }
        }
    }

    /// The processes that run and have the mark.
    private func processes() -> [pid_t] {
        let marked = Array(text.utf8)
        return ProcessTable.numbers().filter { number in
            ProcFile.bytes("/proc/\(number)/environ", limit: 1 << 20)
                .split(separator: 0).contains { $0.elementsEqual(marked) }
        }
    }
}
