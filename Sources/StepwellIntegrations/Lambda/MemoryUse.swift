import Foundation
import Glibc

/// How much memory a process takes, as `/proc` says it.
enum MemoryUse {
    private static let pageBytes = max(1, sysconf(Int32(_SC_PAGESIZE)))
    private static let maximumProcesses = 256

    /// The resident bytes of a process and of those that it has started.
    static func resident(of process: Int32) -> Int {
        var (left, seen, total) = ([process], 0, 0)
        while let next = left.popLast(), seen < maximumProcesses {
            seen += 1
            let pages = text("/proc/\(next)/statm").split(separator: " ")
            if pages.count > 1, let resident = Int(pages[1]) { total += resident * pageBytes }
            let children = text("/proc/\(next)/task/\(next)/children")
            left += children.split(separator: " ").compactMap { Int32($0) }
        }
        return total
    }

    /// The most that a process has had resident, in MiB.
    static func peakMegabytes(of process: Int32) -> Int {
        for line in text("/proc/\(process)/status").split(separator: "\n")
        where line.hasPrefix("VmHWM:") {
            let kilobytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst()
                .first
            return (kilobytes.flatMap { Int($0) } ?? 0) / 1_024
        }
        return 0
    }

    private static func text(_ path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = read(descriptor, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : ""
    }
}
