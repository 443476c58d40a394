import Foundation
import Stepwell

/// The workflow: every file is a task of its own, retried and caught by itself; a last task adds
/// them up.
struct WordCount: Codable, Sendable, Equatable {
    var words: Int
    var isMissing: Bool

    /// All files together.
    struct Total: Codable, Sendable, Equatable {
        var files: Int
        var words: Int
        var missing: Int
    }

    static let definition = Definition.json(
        """
        {"StartAt": "Each file", "States": {
          "Each file": {"Type": "Map", "MaxConcurrency": 4, "Next": "Add up",
            "ItemProcessor": {"StartAt": "Count", "States": {
              "Count": {"Type": "Task", "Resource": "count-words", "End": true,
                "Retry": [{"ErrorEquals": ["Unreadable"], "IntervalSeconds": 10,
                  "MaxAttempts": 2}],
                "Catch": [{"ErrorEquals": ["NoSuchFile"], "Next": "Missing"}]},
              "Missing": {"Type": "Pass", "Result": {"words": 0, "isMissing": true},
                "End": true}}}},
          "Add up": {"Type": "Task", "Resource": "add-up", "End": true}}}
        """
    )

    /// Registers who counts, and who adds up.
    static func register(in configuration: inout WorkflowEngine.Configuration) {
        configuration.handle("count-words") { (path: String) in
            guard FileManager.default.fileExists(atPath: path) else {
                throw TaskError("NoSuchFile", cause: path)
            }
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                throw TaskError("Unreadable", cause: path)
            }
            return WordCount(
                words: text.split(whereSeparator: \.isWhitespace).count,
                isMissing: false
            )
        }
        configuration.handle("add-up") { (counts: [WordCount]) in
            Total(
                files: counts.count,
                words: counts.reduce(0) { $0 + $1.words },
                missing: counts.count { $0.isMissing }
            )
        }
    }

    /// Counts files, in an execution of its own each time.
    static func count(_ files: [String], by engine: WorkflowEngine) async throws -> Total {
        try await engine.deployStateMachine("word-count", definition: definition)
        let execution = try await engine.start("word-count", input: files)
        return try await execution.result(as: Total.self)
    }
}
