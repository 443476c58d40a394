import Foundation

/// The files of golden histories.
enum GoldenFile {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Golden")

    static let names = [
        "States", "Errors", "Timeouts", "Data", "JSONata", "MapRuns", "Redrives", "Starts",
        "Decisions", "MapRunData",
    ]

    static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: "\(name).txt"), encoding: .utf8)
    }

    static func cases(_ name: String) throws -> [GoldenCase] {
        try GoldenCase.parse(text(name))
    }

    /// Every case; a file that cannot be read is one that has none, which a test notices.
    static let all: [GoldenCase] = names.flatMap { (try? cases($0)) ?? [] }

    /// Whether the expected events are to be written anew; commit what changed only with an
    /// argument for each change.
    static let isUpdating =
        ProcessInfo.processInfo.environment["STEPWELL_UPDATE_GOLDENS"] != nil
}
