import Foundation

/// A directory for one round, in `STEPWELL_BENCH_DIRECTORY` or the system's place for temporary
/// files; it has to be on the disk that is to be measured.
struct TemporaryDirectory: ~Copyable {
    let path: String

    init() throws {
        let parent =
            ProcessInfo.processInfo.environment["STEPWELL_BENCH_DIRECTORY"]
            ?? FileManager.default.temporaryDirectory.path
        path = "\(parent)/stepwell-bench-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: true
        )
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
