import Foundation

/// The memory of this process.
enum ProcessMemory {
    /// What is in memory without being a page of a file.
    static func anonymousBytes() throws -> Double {
        let text = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        for line in text.split(separator: "\n") where line.hasPrefix("RssAnon:") {
            if let size = line.split(whereSeparator: \.isWhitespace).dropFirst().first,
                let kilobytes = Double(size)
            {
                return kilobytes * 1_024
            }
        }
        throw LoggedRun.Failure(description: "/proc/self/status says nothing of RssAnon")
    }
}
