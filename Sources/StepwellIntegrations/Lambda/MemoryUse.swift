/// How much memory a process takes, as `/proc` says it.
enum MemoryUse {
    /// The resident bytes of processes, what they share counted once; nil when the system does not
    /// say so.
    static func proportional(of processes: [Int32]) -> Int? {
        var total = 0
        for process in processes {
            guard let share = kilobytes("Pss:", in: "/proc/\(process)/smaps_rollup") else {
                // One that has ended takes nothing; of others it is not known.
                guard ProcessTable.hasEnded(process) else { return nil }
                continue
            }
            total += share << 10
        }
        return total
    }

    /// The most that a process has had resident, in MiB.
    static func peakMegabytes(of process: Int32) -> Int {
        (kilobytes("VmHWM:", in: "/proc/\(process)/status") ?? 0) / 1_024
    }

    /// A number of a file of lines `NAME: NUMBER kB`.
    private static func kilobytes(_ name: String, in path: String) -> Int? {
        let line = ProcFile.text(path).split(separator: "\n").first { $0.hasPrefix(name) }
        return line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
            .flatMap { Int($0) }
    }
}
